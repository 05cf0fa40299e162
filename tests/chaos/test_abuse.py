"""What is forged has no effect, what makes no sense does no harm, and a marked name stands nowhere but where it must."""

from pathlib import Path

import pytest

from tests.chaos import forgery, fuzz, leak
from tests.chaos.figures import failed
from tests.chaos.profile import LEAST

pytestmark = pytest.mark.chaos


async def test_what_makes_no_sense_does_no_harm(tmp_path: Path) -> None:
    assert failed(await fuzz.run(LEAST, tmp_path)) == []


async def test_what_is_forged_has_no_effect(tmp_path: Path) -> None:
    assert failed(await forgery.run(LEAST, tmp_path)) == []


async def test_a_marked_name_stands_nowhere_but_where_it_must(tmp_path: Path) -> None:
    assert failed(await leak.run(LEAST, tmp_path)) == []
