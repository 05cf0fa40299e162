"""Random lives through the door: anybody does anything at any time, some of it comes twice, and what must hold holds after each step."""

import asyncio
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.actions import (
    Action,
    Approve,
    Begin,
    Delegate,
    Deny,
    Done,
    EndStandIn,
    HandOver,
    NameStandIn,
    Reassign,
    Reopen,
    Take,
    TakeOver,
    Withdraw,
)
from handlers.cards import Open
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Correct, Renew, Revoke, TakeOut
from handlers.ids import QuestionId, StageId
from handlers.kept import Happening
from handlers.naming import named
from handlers.people import Person, PersonId, Role, Seat, StandInId
from handlers.policy import roll
from handlers.policy.facts import Facts
from handlers.policy.forms import Step
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.process import today
from handlers.workflow.correcting import drawn
from handlers.workflow.request import DutyStatus, Request, Stage, StageStatus, Status
from handlers.workflow.said import Left
from storage.packs import DiskPacks
from tests.handlers.conftest import MEMORY, PACKS, a_house
from tests.handlers.replay import as_kept, as_recorded
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, RAVI, SCHOOL, a_person
from tests.scenes import LOGO, SIGN, TEAM, TEXTING, asks

ADA = a_person("ada", "Ada Lindqvist", Seat(Role.building_principal, SCHOOL))  # a second principal: of two, one is first
WEST = "Maple Grove West"
PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, WEST))  # the principal of another school
JUNO = a_person("juno", "Juno Abbott", Seat(Role.staff, SCHOOL, MARIA.id), Seat(Role.staff, WEST, PIET.id))  # who works at both
PEOPLE = (*EVERYBODY, ADA, PIET, JUNO)
PACK = DiskPacks(PACKS)
MOST = 3  # requests a life: more would only meet each other less often
DECIDED = {StageStatus.approved, StageStatus.denied}
MAY_FOLLOW = {Status.pending: set(Status), Status.approved: {Status.approved, Status.ended, Status.revoked}}

anybody = st.sampled_from(PEOPLE)
deciders = st.sampled_from([MARIA, RAVI, HELEN, ADA, NGOZI, PIET, MARIA, RAVI])
successors = st.sampled_from([HELEN, PIET, ADA, MARIA, HELEN, PIET, NGOZI])
requesters = st.sampled_from([DANA, LEE, MARIA, JUNO])
which = st.integers(0, 5)
terms = st.sampled_from(
    [
        {"ends": "2026-06-05", "conditions": "Until June"},
        {"ends": "2026-05-01", "size": "small", "starts": "2026-04-01", "conditions": "Until May"},
        {"size": "large", "starts": "2026-04-02", "conditions": "A large one"},
        {"conditions": "Only this"},
        {"ends": "soon"},
    ]
)
begun = st.sampled_from(
    [
        ("produce", {"person": "dana", "by": "2026-03-09"}),
        ("produce", {"person": "lee"}),
        ("order", {"person": "dana"}),
        ("concern", {"what": "Seen", "person": "maria"}),
        ("concern", {"what": "Seen", "person": "lee"}),
        ("concern", {"what": "Seen"}),
        ("diary", {"what": "The bus"}),
    ]
)
EVIDENCE = {"url": "https://team.example", "evidence": "2026-03-01", "outcome": "There are none", "when": "2026-03-01"}
corrected = st.sampled_from([TEAM | {"reason": "Rides"}, TEAM, SIGN | {"what": "A flag"}, SIGN | {"size": "large", "place": "The gym"}, {}])
sent = st.sampled_from([(TEXTING, TEAM), (LOGO, SIGN), (LOGO, SIGN | {"size": "large", "place": "The gym"}), (TEXTING, {})])


@dataclass(frozen=True)
class Came:
    """One delivery: who did what, with which values where it was a form."""

    who: Person
    action: Action
    values: dict[str, str] | None
    delivery: str


@dataclass(frozen=True)
class Seen:
    """A request with all that is kept about it."""

    request: Request
    today: Request  # with those who may decide now
    lines: tuple[Happening, ...]
    cards: Counter[tuple[str, str, PersonId]]  # which, about what, to whom; how often


class EveryMove(RuleBasedStateMachine):
    """A few requests of one district, on a database of their own: in memory where there is such a disk, for commits wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.loop = asyncio.Runner()
        self.entered = a_house(self.folder, packs=PACK, people=PEOPLE)
        self.house: House = self.loop.run(self.entered.__aenter__())
        side_by_side = _side_by_side(self.house.packs.get(MAPLE_GROVE))
        self.house.packs.get = lambda district: side_by_side  # type: ignore[method-assign]
        self.came: list[Came] = []
        self.before: dict[str, Request] = {}
        self.had: dict[StageId, Stage] = {}  # with those who could decide it then
        self.requests: tuple[Request, ...] = ()
        self.seen: tuple[Seen, ...] = ()

    def teardown(self) -> None:
        self.loop.run(self.house.post_is_out())
        self.loop.run(self.entered.__aexit__(None, None, None))
        self.loop.close()
        shutil.rmtree(self.folder)

    # What people do

    @precondition(lambda self: len(self.requests) < MOST)
    @rule(who=requesters, what=sent)
    def sends(self, who: Person, what: tuple[Facts, dict[str, str]]) -> None:
        facts, values = what
        self._comes(who, self.loop.run(asks(self.house, facts, who)), values)

    @precondition(lambda self: len(self.requests) < MOST)
    @rule(who=anybody, what=begun)
    def begins(self, who: Person, what: tuple[str, dict[str, str]]) -> None:
        self._comes(who, Begin(what[0]), what[1])

    @precondition(lambda self: self.requests)
    @rule(who=deciders, at=which, stage=which)
    def approves(self, who: Person, at: int, stage: int) -> None:
        self._comes(who, Approve(self._drawn(at, stage)))

    @precondition(lambda self: self.requests)
    @rule(who=deciders, at=which, stage=which, values=terms)
    def approves_with_changes(self, who: Person, at: int, stage: int, values: dict[str, str]) -> None:
        self._comes(who, ApproveChanged(self._drawn(at, stage)), values)

    @precondition(lambda self: self.requests)
    @rule(who=deciders, at=which, stage=which)
    def denies(self, who: Person, at: int, stage: int) -> None:
        self._comes(who, Deny(self._drawn(at, stage)), {"reason": "No"})

    @precondition(lambda self: self.requests)
    @rule(who=anybody, at=which, stage=which)
    def asks_something(self, who: Person, at: int, stage: int) -> None:
        self._comes(who, AskMore(self._stage(at, stage)), {"question": "Which?"})

    @precondition(lambda self: any(one.questions for one in self.requests))
    @rule(who=requesters, at=which)
    def answers(self, who: Person, at: int) -> None:
        questions = [question.id for one in self.requests for question in one.questions]
        self._comes(who, AnswerMore(QuestionId(questions[at % len(questions)])), {"reply": "This"})

    @precondition(lambda self: self.requests)
    @rule(who=deciders, at=which, stage=which, to=anybody)
    def asks_somebody_to_decide(self, who: Person, at: int, stage: int, to: Person) -> None:
        self._comes(who, Delegate(self._stage(at, stage)), {"person": to.id, "reason": "Away"})

    @precondition(lambda self: self.requests)
    @rule(who=deciders, at=which, stage=which, to=successors)
    def gives_a_stage_away(self, who: Person, at: int, stage: int, to: Person) -> None:
        self._comes(who, Reassign(self._stage(at, stage)), {"person": to.id, "reason": "Theirs"})

    @rule(who=deciders, to=anybody, begins=st.sampled_from(["2026-03-02", "2026-03-02", "2026-03-09", "2026-01-01"]))
    def names_a_stand_in(self, who: Person, to: Person, begins: str) -> None:
        self._comes(who, NameStandIn(who.id), {"person": to.id, "starts": begins, "ends": "2026-03-13"})

    @rule(who=deciders)
    def ends_a_stand_in(self, who: Person) -> None:
        found = self.loop.run(self.house.store.read(_stand_in, who.id))
        self._comes(who, EndStandIn(found or StandInId("none")))

    @precondition(lambda self: any(one.duties for one in self.requests))
    @rule(who=anybody, at=which, how=st.sampled_from([Take, TakeOver, Done]))
    def does_a_duty(self, who: Person, at: int, how: type[Take | TakeOver | Done]) -> None:
        duties = [duty.id for one in self.requests for duty in one.duties]
        evidence = EVIDENCE if how is Done else None
        self._comes(who, how(duties[at % len(duties)]), evidence)

    @precondition(lambda self: any(one.duties for one in self.requests))
    @rule(who=deciders, at=which, to=anybody)
    def hands_a_duty_over(self, who: Person, at: int, to: Person) -> None:
        duties = [duty.id for one in self.requests for duty in one.duties]
        self._comes(who, HandOver(duties[at % len(duties)]), {"person": to.id, "reason": "Yours"})

    @precondition(lambda self: any(duty.done_by for one in self.requests for duty in one.duties))
    @rule(who=anybody, at=which)
    def opens_a_duty_again(self, who: Person, at: int) -> None:
        done = [duty.id for one in self.requests for duty in one.duties if duty.done_by]
        self._comes(who, Reopen(done[at % len(done)]), {"reason": "Not yet"})

    @precondition(lambda self: self.requests)
    @rule(who=requesters, at=which, values=corrected)
    def corrects(self, who: Person, at: int, values: dict[str, str]) -> None:
        self._comes(who, Correct(self._request(at).id), values)

    @precondition(lambda self: self.requests)
    @rule(who=requesters, at=which)
    def takes_it_back(self, who: Person, at: int) -> None:
        self._comes(who, Withdraw(self._request(at).id))

    @precondition(lambda self: self.requests)
    @rule(who=anybody, at=which)
    def revokes(self, who: Person, at: int) -> None:
        self._comes(who, Revoke(self._request(at).id), {"reason": "Because"})

    @precondition(lambda self: self.requests)
    @rule(who=anybody, at=which, which_one=st.integers(0, 2), left=st.sampled_from(Left))
    def takes_a_student_out(self, who: Person, at: int, which_one: int, left: Left) -> None:
        request = self._request(at)
        self._comes(who, TakeOut(request.id), {"student": f"{len(request.departures)}.{which_one}", "left": left})

    @precondition(lambda self: 0 < len(self.requests) < MOST)
    @rule(who=requesters, at=which)
    def renews(self, who: Person, at: int) -> None:
        self._comes(who, Renew(self._request(at).id), TEAM | SIGN)

    @precondition(lambda self: self.came)
    @rule(who=anybody, at=st.integers(0, 99))
    def opens_a_form_of_before(self, who: Person, at: int) -> None:
        """Only looks: a form that opens changes nothing, and one that does not says why."""
        one = self.came[at % len(self.came)]
        if one.values is not None:
            reply = self.loop.run(self.house.presses(who, one.action))
            assert not isinstance(reply, Open) or reply.form.fields

    @precondition(lambda self: self.came)
    @rule(at=st.integers(0, 99))
    def comes_again(self, at: int) -> None:
        """The second coming of a delivery, however late, changes nothing."""
        one, was = self.came[-1 - at % len(self.came)], self._rows()
        self._does(one)
        assert self._rows() == was, one

    @rule(who=anybody)
    def looks(self, who: Person) -> None:
        self.loop.run(self.house.desk.home(who))

    @rule()
    def the_post_goes_out(self) -> None:
        self.loop.run(self.house.post_is_out())

    def _comes(self, who: Person, action: Action, values: dict[str, str] | None = None) -> None:
        one = Came(who, action, values, self.house.delivery())
        self._does(one)
        self.came.append(one)
        self.before = {request.id: request for request in self.requests}
        self.had = {stage.id: stage for one in self.seen for stage in one.today.stages}
        self.seen = self.loop.run(self.house.store.read(_seen, self.house))
        self.requests = tuple(one.request for one in self.seen)

    def _does(self, one: Came) -> None:
        if one.values is None:
            self.loop.run(self.house.presses(one.who, one.action, one.delivery))
        else:
            self.loop.run(self.house.sends(one.who, one.action, one.values, one.delivery))

    def _request(self, at: int) -> Request:
        return self.requests[at % len(self.requests)]

    def _stage(self, at: int, stage: int) -> StageId:
        """Mostly the one whose turn it is."""
        request = self._request(at)
        if not request.stages:
            return StageId(f"{request.id}.s1")
        chosen = request.open_stage if stage > 1 and request.open_stage else request.stages[stage % len(request.stages)]
        return chosen.id

    def _drawn(self, at: int, stage: int) -> StageId:
        """Mostly as it stands on the newest card, at times as on the first."""
        chosen = self._stage(at, stage)
        return drawn(self._request(at), chosen) if stage != 1 else chosen

    def _rows(self) -> list[tuple[object, ...]]:
        """Everything that is kept but for the deliveries themselves, what was asked in threads, and SQLite's own counters."""
        with closing(sqlite3.connect(self.folder / "house.db")) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            kept = [name for name in tables if name not in {"inbox", "sqlite_sequence"}]
            return [row for name in kept for row in database.execute(f"SELECT '{name}', * FROM {name}")]  # noqa: S608

    # What must hold

    @invariant()
    def a_stage_is_decided_once_and_by_somebody_else(self) -> None:
        for request in self.requests:
            decided = [stage for stage in request.stages if stage.status in DECIDED]
            who = [stage.decided_by for stage in decided]
            assert len(set(who)) == len(who)
            assert request.requester not in who
            for stage in decided:
                was = _was(self.before, request, stage)
                assert was is None or was.status not in DECIDED or was == stage

    @invariant()
    def a_stage_is_decided_by_whoever_had_it_just_before(self) -> None:
        """Nobody decides what went to somebody else."""
        for request in self.requests:
            for stage in (one for one in request.stages if one.status in DECIDED):
                was = self.had.get(stage.id)
                assert was is None or was.status in DECIDED or stage.decided_by in was.people

    @invariant()
    def nothing_is_corrected_once_somebody_has_decided(self) -> None:
        for request in self.requests:
            was = self.before.get(request.id)
            begun = was is not None and any(stage.decided_by for stage in was.stages)
            assert not begun or was is None or was.corrections == request.corrections

    @invariant()
    def whoever_has_left_a_permission_is_not_named_in_it_and_nobody_is_lost(self) -> None:
        for request in self.requests:
            was = self.before.get(request.id)
            if was is not None and was.departures != request.departures:
                still = roll.named(PACK.get(request.district).processes[request.process].fields, request.fields)
                names = sorted([one.name for one in still] + [one.name for one in request.departures[len(was.departures) :]])
                before = roll.named(PACK.get(request.district).processes[request.process].fields, was.fields)
                assert names == sorted(one.name for one in before)
                assert (request.status is Status.ended) == (not still)

    @invariant()
    def what_is_final_stays_final(self) -> None:
        for request in self.requests:
            was = self.before.get(request.id)
            waited = bool(request.addressee) or request.process == "concern"
            again = {Status.pending} if waited and was is not None and was.status is Status.ended else set()
            assert was is None or request.status in MAY_FOLLOW.get(was.status, {was.status}) | again

    @invariant()
    def the_history_explains_the_state(self) -> None:
        for one in self.seen:
            assert as_recorded(one.lines, len(one.request.stages), len(one.request.duties)) == as_kept(one.request)

    @invariant()
    def what_others_have_to_do_ends_with_the_last_of_it(self) -> None:
        for request in self.requests:
            if request.addressee or request.process == "concern":
                still = [duty for duty in request.duties if duty.status is DutyStatus.open]
                assert bool(still) == (request.status is Status.pending)
                assert all(duty.status is not DutyStatus.closed for duty in request.duties) or request.status is Status.withdrawn

    @invariant()
    def whoever_a_report_is_about_has_no_card_of_it(self) -> None:
        for one in self.seen:
            assert one.request.subject is None or one.request.subject not in {to for _, _, to in one.cards}

    @invariant()
    def whoever_is_shown_as_asked_or_told_has_a_card(self) -> None:
        for request, now, cards in ((one.request, one.today, one.cards) for one in self.seen):
            put = set(cards)
            assert ("follow", request.id, request.requester) in put
            assert {("decide", stage.id, who) for stage in now.open_stages for who in stage.people} <= put
            brought = {(about, to) for kind, about, to in put if kind in {"duty", "handed_over"}}
            assert {(duty.id, who) for duty in request.duties for who in duty.owners} <= brought
            assert all(cards["duty", duty.id, who] >= 2 for duty in request.duties if duty.reopened for who in duty.owners[:1])
            assert {("asked", one.id, request.requester) for one in request.questions} <= put
            assert {("outcome", one.id, request.requester) for one in request.stages if one.status in DECIDED} <= put
            assert (("revoked", request.id, request.requester) in put) == (request.status is Status.revoked)


def _side_by_side(pack: Pack) -> Pack:
    """The same district, where the logo wants two that decide at the same time."""
    logo = pack.processes["logo"]
    steps = tuple(Step(role=role, rule=logo.rule, order=1) for role in (Role.superintendent, Role.technology_department))
    return pack.model_copy(update={"processes": {**pack.processes, "logo": logo.model_copy(update={"stages": steps})}})


def _was(before: dict[str, Request], request: Request, stage: Stage) -> Stage | None:
    return before[request.id].stage(stage.id) if request.id in before else None


def _stand_in(work: Work, person: PersonId) -> StandInId | None:
    found = work.stand_ins.of(person)
    return found.id if found else None


def _seen(work: Work, house: House) -> tuple[Seen, ...]:
    pack, requests = house.packs.get(MAPLE_GROVE), work.requests.all(MAPLE_GROVE)
    known = named(work, MAPLE_GROVE, requests)
    put = {one.id: Counter((card.kind, card.about, card.to) for card in work.outbox.cards(one.id)) for one in requests}
    return tuple(Seen(one, today(one, pack, known), work.record.of(one.id), put[one.id]) for one in requests)


TestEveryMove = pytest.mark.timeout(900)(EveryMove.TestCase)  # 5,000 steps: a busy machine is slow, not wrong
TestEveryMove.settings = settings(max_examples=200, stateful_step_count=25, suppress_health_check=list(HealthCheck))
