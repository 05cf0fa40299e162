"""Stages side by side and one after the other: whatever order people decide in, it comes to the same."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.ids import StageId
from handlers.people import PersonId, Role
from handlers.workflow.moves import Move, Settled, settle, settled_before
from handlers.workflow.refused import StageOver, TooEarly
from handlers.workflow.request import Request, Stage, StageStatus, Status
from tests.samples import NOON, a_request

groups = st.lists(st.integers(1, 3), min_size=1, max_size=3)


def sent(sizes: list[int]) -> Request:
    """A request with so many stages side by side at each turn."""
    stages: list[Stage] = []
    for turn, size in enumerate(sizes, 1):
        for _ in range(size):
            key, status = f"r1.s{len(stages) + 1}", StageStatus.open if turn == 1 else StageStatus.waiting
            stages.append(Stage(StageId(key), Role.supervisor, (PersonId(f"p-{key}"),), status, turn=turn if size > 1 else None))
    return a_request(stages=stages)


def approve(request: Request, stage: Stage, minutes: int = 1) -> object:
    return settle(request, stage.id, Move.approve, stage.people[0], "", NOON + timedelta(minutes=minutes))


@given(groups, st.data(), st.booleans())
def test_all_have_to_agree_and_each_turn_waits_for_the_one_before(sizes: list[int], data: st.DataObject, at_once: bool) -> None:  # noqa: FBT001  # drawn
    request, done, minute = sent(sizes), [], 0
    while request.status is Status.pending:
        minute += 0 if at_once else 1
        stage = data.draw(st.sampled_from(request.open_stages))
        turns = {stage.turn if stage.turn is not None else stage.id for stage in request.open_stages}
        assert len(turns) == 1
        early = [one for one in request.stages if one.status is StageStatus.waiting]
        assert all(isinstance(approve(request, one), TooEarly) for one in early)
        settled = approve(request, stage, minute)
        assert isinstance(settled, Settled)
        opened = [one for one in settled.request.open_stages if request.stage(one.id) != one]
        assert settled.next == (opened[0] if opened else None)
        request = settled.request
        done.append((stage.id, settled))

    assert request.status is Status.approved
    assert all(stage.status is StageStatus.approved for stage in request.stages)
    assert [one for one, _ in done if isinstance(approve(replace(request, status=Status.pending), request.stages[0]), StageOver)]
    if not at_once:
        for stage_id, settled in done:
            decided = request.stage(stage_id)
            assert decided is not None
            assert settled_before(request, decided) == settled


@given(groups, st.data())
def test_one_no_closes_all_that_is_undecided(sizes: list[int], data: st.DataObject) -> None:
    request = sent(sizes)
    while len(request.stages) > 1 and data.draw(st.booleans()):
        settled = approve(request, data.draw(st.sampled_from(request.open_stages)))
        if not isinstance(settled, Settled) or settled.request.status is not Status.pending:
            break
        request = settled.request
    stage = data.draw(st.sampled_from(request.open_stages))

    denied = settle(request, stage.id, Move.deny, stage.people[0], "No", NOON)

    assert isinstance(denied, Settled)
    assert denied.request.status is Status.denied
    assert not denied.request.open_stages
    assert {one.status for one in denied.request.stages} <= {StageStatus.approved, StageStatus.denied, StageStatus.closed}
