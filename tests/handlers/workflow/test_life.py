"""Random lives of requests: anybody presses anything at any time, and what must hold holds after every press."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.ids import DutyId, QuestionId, StageId
from handlers.people import Person, Role
from handlers.workflow.asking import Asked, Replied, answer, ask
from handlers.workflow.duties import fulfil
from handlers.workflow.moves import MOVES, Decision, Fulfilled, Move, Settled, settle, withdraw
from handlers.workflow.permission import revoke
from handlers.workflow.refused import Already, DutyOver, OwnRequest, Unknown
from handlers.workflow.request import DutyStatus, Request, StageStatus, Status
from tests.samples import EVERYBODY, HELEN, MARIA, NOON, a_duty, a_request, a_stage

people = st.sampled_from(EVERYBODY)
groups = st.lists(people, min_size=1, max_size=4, unique=True)
stage_ids = st.sampled_from([StageId(f"r1.s{number}") for number in range(1, 5)])
duty_ids = st.sampled_from([DutyId("r1.d1"), DutyId("r1.d2")])

DECIDED = {StageStatus.approved, StageStatus.denied}
MAY_FOLLOW = {
    StageStatus.waiting: {StageStatus.waiting, StageStatus.open, StageStatus.closed},
    StageStatus.open: {StageStatus.open, StageStatus.approved, StageStatus.denied, StageStatus.closed},
    StageStatus.approved: {StageStatus.approved},
    StageStatus.denied: {StageStatus.denied},
    StageStatus.closed: {StageStatus.closed},
}


class Life(RuleBasedStateMachine):
    """One request of one to three stages, from being sent until nothing moves it any more."""

    def __init__(self) -> None:
        super().__init__()
        self.minutes = 0
        self.request = a_request()
        self.before = self.request

    @initialize(deciders=st.lists(groups, min_size=1, max_size=3), requester=people, owners=groups)
    def is_sent(self, deciders: list[list[Person]], requester: Person, owners: list[Person]) -> None:
        first, *later = (
            a_stage(f"r1.s{number}", Role.supervisor, *deciding, status=StageStatus.waiting) for number, deciding in enumerate(deciders, 1)
        )
        stages = [replace(first, status=StageStatus.open), *later]
        self.request = a_request(requester=requester, stages=stages, duties=[a_duty("r1.d1", "Hand in the address.", *owners)])
        self.before = self.request

    @rule(who=people, stage=stage_ids, move=st.sampled_from([Move.approve, Move.deny]))
    def presses(self, who: Person, stage: StageId, move: Decision) -> None:
        self._decides(who, stage, move)

    @precondition(lambda self: self.request.open_stage)
    @rule(move=st.sampled_from([Move.approve, Move.approve, Move.deny]), at=st.integers(0, 3))
    def is_decided_by_somebody_who_was_asked(self, move: Decision, at: int) -> None:
        stage = self.request.open_stage
        assert stage is not None
        asked = [person for person in EVERYBODY if person.id in stage.people]
        self._decides(asked[at % len(asked)], stage.id, move)

    @rule(who=people)
    def takes_it_back(self, who: Person) -> None:
        was = self.request
        moved = withdraw(was, who.id)

        if isinstance(moved, Settled):
            self._becomes(moved.request)
        assert isinstance(moved, Settled) == (who.id == was.requester and was.status in {Status.pending, Status.approved})
        assert isinstance(moved, Unknown) == (who.id != was.requester)

    @rule(who=people)
    def revokes_it(self, who: Person) -> None:
        was = self.request
        moved = revoke(was, who.id, [MARIA.id, HELEN.id], "because", NOON)

        if isinstance(moved, Settled):
            assert who in (MARIA, HELEN)
            assert was.requester != who.id
            assert was.status is Status.approved
            self._becomes(moved.request)

    @rule(who=people, stage=stage_ids)
    def asks(self, who: Person, stage: StageId) -> None:
        asked = ask(self.request, stage, who.id, "Which team?", QuestionId(f"q{len(self.request.questions)}"), NOON)

        if isinstance(asked, Asked):
            assert self.request.open_stage
            assert who.id in self.request.open_stage.people
            self.request = asked.request

    @rule(who=people)
    def replies(self, who: Person) -> None:
        for question in self.request.questions:
            replied = answer(self.request, question.id, who.id, "Varsity", NOON)
            if isinstance(replied, Replied):
                assert who.id == self.request.requester
                assert question.answered_at is None
                self.request = replied.request

    @rule(who=people, duty=duty_ids)
    def says_that_it_is_done(self, who: Person, duty: DutyId) -> None:
        found = self.request.duty(duty)
        done = fulfil(self.request, duty, who.id, "https://team.example", NOON)

        if isinstance(done, Fulfilled):
            assert found is not None
            assert found.status is DutyStatus.open
            assert who.id in found.owners
            self.request = replace(self.request, duties=(done.duty,))
        assert isinstance(done, DutyOver) == (found is not None and found.status is DutyStatus.done and who.id in found.owners)

    def _decides(self, who: Person, stage: StageId, move: Decision) -> None:
        was, self.minutes = self.request, self.minutes + 1
        moved = settle(was, stage, move, who.id, "because", NOON + timedelta(minutes=self.minutes))

        if isinstance(moved, Settled):
            assert was.open_stage is not None
            assert was.open_stage.id == stage
            assert moved.next == moved.request.open_stage
            assert moved.request.status in {Status.pending, MOVES[Status.pending, move]}
            self._becomes(moved.request)
        if isinstance(moved, Already):
            assert was.status is not Status.pending
        assert isinstance(moved, OwnRequest) == (who.id == was.requester and was.stage(stage) is not None)

    def _becomes(self, request: Request) -> None:
        self.before, self.request = self.request, request

    @invariant()
    def a_final_state_stays_final(self) -> None:
        assert self.before.status in {Status.pending, Status.approved}
        if self.before.status is Status.approved:
            assert self.request.status in {Status.approved, Status.ended, Status.revoked}

    @invariant()
    def each_stage_is_decided_once_and_goes_only_forward(self) -> None:
        for was, stage in zip(self.before.stages, self.request.stages, strict=True):
            assert stage.status in MAY_FOLLOW[was.status]
            assert was.status not in DECIDED or was == stage

    @invariant()
    def a_decided_stage_says_who_when_and_why_and_no_other_does(self) -> None:
        for stage in self.request.stages:
            decided = stage.status in DECIDED
            assert ((stage.decided_by is not None), (stage.decided_at is not None), bool(stage.reason)) == (decided, decided, decided)

    @invariant()
    def only_somebody_who_was_asked_decides_and_never_the_requester(self) -> None:
        for stage in self.request.stages:
            assert stage.decided_by is None or stage.decided_by in stage.people
            assert stage.decided_by != self.request.requester

    @invariant()
    def two_stages_are_never_decided_by_the_same_person(self) -> None:
        deciders = [stage.decided_by for stage in self.request.stages if stage.decided_by]
        assert len(set(deciders)) == len(deciders)

    @invariant()
    def stages_are_decided_in_their_order(self) -> None:
        decided = [stage.status in DECIDED for stage in self.request.stages]
        moments = [stage.decided_at for stage in self.request.stages if stage.decided_at]
        assert decided == sorted(decided, reverse=True)
        assert moments == sorted(moments)

    @invariant()
    def one_stage_is_open_while_it_waits_and_none_afterwards(self) -> None:
        still = [stage.status for stage in self.request.stages if stage.status in {StageStatus.open, StageStatus.waiting}]
        pending = self.request.status is Status.pending
        assert still[:1] == ([StageStatus.open] if pending else [])
        assert still[1:] == [StageStatus.waiting] * len(still[1:])

    @invariant()
    def it_ends_as_its_stages_say(self) -> None:
        statuses = [stage.status for stage in self.request.stages]
        assert (self.request.status in {Status.approved, Status.ended, Status.revoked}) == (set(statuses) == {StageStatus.approved})
        assert (self.request.status is Status.denied) == (statuses.count(StageStatus.denied) == 1)
        assert (self.request.status is Status.withdrawn) == (StageStatus.closed in statuses and StageStatus.denied not in statuses)


TestLife = Life.TestCase
