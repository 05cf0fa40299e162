"""Cards about duties, where a row lacks what it should have."""

from handlers.wording.duties import handed_in
from handlers.wording.plain import plain
from tests.gallery import KNOWN, PACK, approved


def test_a_duty_done_nobody_knows_by_whom_is_shown_without_a_name() -> None:
    said = plain(handed_in(approved(), approved().duties[0], PACK, KNOWN))

    assert said.startswith("Done by somebody: “Copy your supervisor on every message”")
    assert "Recorded" not in said
