"""From when to when a permission holds: days as the district counts them, wherever it lies."""

from dataclasses import replace

import pytest

from handlers.days import in_zone
from handlers.policy.pack import Pack
from handlers.wording import permissions, requests
from handlers.wording.plain import plain
from handlers.workflow.permission import spanned
from handlers.workflow.request import Request, Status
from tests.gallery import KNOWN, PACK, approved
from tests.samples import MARIA


def granted(zone: str) -> tuple[Request, Pack]:
    """A permission from April 1 to June 5 in a district of that zone."""
    request = replace(approved(), status=Status.approved, fields={"starts": "2026-04-01", "ends": "2026-06-05"})
    pack = PACK.model_copy(update={"settings": PACK.settings.model_copy(update={"zone": zone})})
    return spanned(request, in_zone(zone)), pack


@pytest.mark.parametrize("zone", ["America/Chicago", "UTC", "Asia/Tokyo"])
def test_its_days_are_those_that_were_given(zone: str) -> None:
    request, pack = granted(zone)
    stage = request.stages[-1]

    for card in (
        requests.to_decide(request, stage, pack, KNOWN, MARIA.id),
        requests.to_follow(request, pack, KNOWN),
        permissions.granted(request, pack, KNOWN),
    ):
        assert "Until: June 5, 2026" in plain(card)
        assert "From: April 1, 2026" in plain(card)
