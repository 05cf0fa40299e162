"""Random lives in which anybody is asked, stands in, leaves and comes back: authority is read at each press, and the rules hold."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.ids import StageId
from handlers.people import Person, Role, StandIn, StandInId
from handlers.workflow.authority import today
from handlers.workflow.moves import Decision, Move, Settled, settle
from handlers.workflow.parts import Delegation
from handlers.workflow.request import Request, StageStatus, Status
from tests.samples import DANA, EVERYBODY, NOON, a_request

people = st.sampled_from(EVERYBODY)
stages = st.sampled_from([StageId("r1.s1"), StageId("r1.s2")])
moves = st.sampled_from([Move.approve, Move.approve, Move.deny])


class Asked(RuleBasedStateMachine):
    """Dana's request of two stages, and a directory that never rests."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = a_request()
        self.directory = {person.id: person for person in EVERYBODY}
        self.minutes = 0

    def read(self, actor: Person | None = None) -> Request:
        return today(self.kept, DANA, list(self.directory.values()), Role.superintendent, actor.id if actor else None)

    @rule(stage=stages, to=people, by=people)
    def is_asked(self, stage: StageId, to: Person, by: Person) -> None:
        one = self.kept.stage(stage)
        assert one is not None
        if one.decided_by is None and to.id not in one.added:
            asked = replace(one, added=(*one.added, to.id), delegations=(*one.delegations, Delegation(to.id, by.id)))
            self.kept = replace(self.kept, stages=tuple(asked if each.id == stage else each for each in self.kept.stages))

    @rule(person=people, to=people)
    def stands_in(self, person: Person, to: Person) -> None:
        ends = NOON + timedelta(days=5)
        stand_in = StandIn(StandInId("i1"), person.district, person.id, to.id, NOON, ends, date(2026, 3, 6))
        self.directory[person.id] = replace(self.directory[person.id], stand_in=stand_in)

    @rule(person=people)
    def comes_back(self, person: Person) -> None:
        self.directory[person.id] = person

    @rule(person=people)
    def leaves(self, person: Person) -> None:
        self.directory[person.id] = replace(self.directory[person.id], seats=())

    @rule(who=people, stage=stages, move=moves)
    def presses(self, who: Person, stage: StageId, move: Decision) -> None:
        self._decides(who, stage, move)

    @precondition(lambda self: self.kept.open_stage)
    @rule(move=moves, at=st.integers(0, 5))
    def is_decided_by_somebody_who_may(self, move: Decision, at: int) -> None:
        now = self.read().open_stage
        assert now is not None
        if now.people:
            self._decides(next(one for one in EVERYBODY if one.id == now.people[at % len(now.people)]), now.id, move)

    def _decides(self, who: Person, stage: StageId, move: Decision) -> None:
        self.minutes += 1
        seen = self.read(who)
        moved = settle(seen, stage, move, who.id, "because", NOON + timedelta(minutes=self.minutes))
        if isinstance(moved, Settled):
            assert self.directory[who.id].seats  # who has left decides nothing
            self.kept = moved.request

    @invariant()
    def whoever_may_decide_is_here_and_not_the_requester_and_decided_nothing(self) -> None:
        now = self.read()
        decided = {stage.decided_by for stage in now.stages}
        for stage in now.stages:
            if now.status is Status.pending and stage.status in (StageStatus.open, StageStatus.waiting):
                assert len(set(stage.people)) == len(stage.people)
                assert all(self.directory[one].seats and one != DANA.id and one not in decided for one in stage.people)
                assert {one.person for one in stage.delegations} <= set(stage.people)

    @invariant()
    def no_stage_is_decided_by_the_requester_and_no_two_by_the_same_person(self) -> None:
        deciders = [stage.decided_by for stage in self.kept.stages if stage.decided_by]
        assert DANA.id not in deciders
        assert len(set(deciders)) == len(deciders)


TestAsked = Asked.TestCase
