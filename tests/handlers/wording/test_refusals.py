"""Why a press did nothing: who was first, and who may."""

from dataclasses import replace

import pytest

from handlers.ids import StageId
from handlers.people import Role
from handlers.wording.plain import plain
from handlers.wording.refusals import refused
from handlers.workflow.refused import Already, DutyOver, StageOver, TooEarly
from handlers.workflow.request import Stage, StageStatus, Status
from tests.gallery import KNOWN, agreed, approved, denied, withdrawn
from tests.samples import MARIA, NOON, RAVI


def test_the_winner_is_named_with_the_moment() -> None:
    said = plain(refused(Already(approved()), KNOWN))

    assert "approved by Ravi Menon" in said
    assert "2026-03-02 14:00" in said


def test_a_denial_is_not_called_an_approval() -> None:
    assert "denied by Maria Ortiz" in plain(refused(Already(denied()), KNOWN))


def test_a_request_withdrawn_after_one_agreed_is_not_called_approved() -> None:
    said = plain(refused(Already(replace(agreed(), status=Status.withdrawn)), KNOWN))

    assert "It was withdrawn" in said
    assert "approved" not in said


@pytest.mark.parametrize("status", [Status.withdrawn, Status.lapsed, Status.ended, Status.revoked])
def test_every_closed_request_says_how_it_closed(status: Status) -> None:
    assert "This one is closed" in plain(refused(Already(replace(withdrawn(), status=status)), KNOWN))


def test_a_stage_decided_nobody_knows_when_still_says_that_it_is_over() -> None:
    """Rows from elsewhere may lack a name or a moment: the sentence stays whole."""
    stage = Stage(StageId("s"), Role.building_principal, (MARIA.id,), StageStatus.approved)

    said = plain(refused(StageOver(agreed(), stage), KNOWN))

    assert "approved by somebody" in said
    assert "When" not in said


def test_a_duty_done_nobody_knows_when_still_says_that_it_is_done() -> None:
    assert "Somebody did it" in plain(refused(DutyOver(approved().duties[0]), KNOWN))


def test_who_comes_too_early_reads_who_is_first() -> None:
    stage = replace(agreed().stages[1], people=(RAVI.id,), decided_at=NOON)

    assert "somebody else decides first" in plain(refused(TooEarly(withdrawn(), stage), KNOWN)).lower()
    assert "Ravi Menon decides first" in plain(refused(TooEarly(agreed(), stage), KNOWN))
