"""Random lives in which time passes: whatever people do or leave undone, each request ends as it must, by the day that was said."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from handlers.actions import Action, Approve, Deny, Withdraw
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Renew
from handlers.kept import Happening
from handlers.people import HALLPASS, Person
from handlers.policy.times import Times
from handlers.ports import Work
from handlers.workflow.pausing import paused_since
from handlers.workflow.request import Request, Status
from tests.handlers.conftest import MEMORY, a_house
from tests.house import House
from tests.samples import DANA, HELEN, MAPLE_GROVE, MARIA, RAVI
from tests.scenes import TEAM, all_kept, asks

TIMES = Times(remind_after=1, escalate_after=2, lapse_after=4, warn_before=(3, 1), year_ends="06-30")
BEFORE = {"expired": Status.approved, "lapsed": Status.pending, "warned": Status.approved, "reminded": None, "escalated": Status.pending}
spans = st.sampled_from([timedelta(hours=5), timedelta(days=1), timedelta(days=2), timedelta(days=9), timedelta(days=70)])
deciders = st.sampled_from([MARIA, RAVI, HELEN])
at = st.integers(0, 2)


class TimePasses(RuleBasedStateMachine):
    """A few requests of one district, on a database of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.loop = asyncio.Runner()
        self.entered = a_house(self.folder)
        self.house: House = self.loop.run(self.entered.__aenter__())
        pack = self.house.packs.get(MAPLE_GROVE)
        hurried = pack.model_copy(update={"settings": pack.settings.model_copy(update={"time": TIMES})})
        self.house.packs.get = lambda district: hurried  # type: ignore[method-assign]
        self.requests: tuple[Request, ...] = ()

    def teardown(self) -> None:
        self.loop.run(self.house.time_passes(timedelta(days=500)))
        self._read()
        assert not [one.status for one in self.requests if one.status in (Status.pending, Status.approved)]
        self.loop.run(self.entered.__aexit__(None, None, None))
        self.loop.close()
        shutil.rmtree(self.folder)

    @precondition(lambda self: len(self.requests) < 3)
    @rule()
    def asks(self) -> None:
        self._comes(DANA, self.loop.run(asks(self.house)), TEAM)

    @rule(span=spans)
    def waits(self, span: timedelta) -> None:
        self.loop.run(self.house.time_passes(span))

    @precondition(lambda self: self.requests)
    @rule(who=deciders, which=at, stage=st.integers(0, 1))
    def approves(self, who: Person, which: int, stage: int) -> None:
        self._comes(who, Approve(self._which(which).stages[stage].id))

    @precondition(lambda self: self.requests)
    @rule(which=at, days=st.integers(1, 40))
    def both_agree_until(self, which: int, days: int) -> None:
        last, (first, second) = (self.house.now + timedelta(days=days)).date().isoformat(), self._which(which).stages
        self._comes(MARIA, ApproveChanged(first.id), {"ends": last, "conditions": "Not longer"})
        self._comes(RAVI, Approve(second.id))

    @precondition(lambda self: self.requests)
    @rule(who=deciders, which=at)
    def denies(self, who: Person, which: int) -> None:
        self._comes(who, Deny(self._which(which).stages[0].id), {"reason": "No"})

    @precondition(lambda self: self.requests)
    @rule(which=at)
    def takes_back(self, which: int) -> None:
        self._comes(DANA, Withdraw(self._which(which).id))

    @precondition(lambda self: 0 < len(self.requests) < 3)
    @rule(which=at)
    def renews(self, which: int) -> None:
        self._comes(DANA, Renew(self._which(which).id), TEAM)

    @precondition(lambda self: self.requests)
    @rule(who=deciders, which=at, stage=st.integers(0, 1))
    def asks_a_question(self, who: Person, which: int, stage: int) -> None:
        self._comes(who, AskMore(self._which(which).stages[stage].id), {"question": "Which team?"})

    @precondition(lambda self: any(one.questions for one in self.requests))
    @rule(which=at)
    def answers(self, which: int) -> None:
        asked = [question for one in self.requests for question in one.questions]
        self._comes(DANA, AnswerMore(asked[which % len(asked)].id), {"reply": "Varsity"})

    @invariant()
    def nothing_outlives_its_day(self) -> None:
        self.loop.run(self.house.time_passes(timedelta(minutes=1)))
        self._read()
        now = self.house.now
        for one in self.requests:
            waits = one.open_stage.waits if one.open_stage else None
            still = one.open_stage is not None and paused_since(one, one.open_stage.id) is not None
            assert one.status is not Status.pending or still or (waits is not None and waits.lapse is not None and waits.lapse > now)
            assert one.status is not Status.approved or (one.ends is not None and one.ends >= now)

    @invariant()
    def the_record_says_each_end_once_and_nothing_of_time_after_it(self) -> None:
        for one in self.requests:
            lines = self.loop.run(self.house.store.read(_record, one))
            ends = [line for line in lines if line.after != line.before and line.after not in ("", Status.pending, Status.approved)]
            assert len([line for line in ends if line.what != "sent"]) == (one.status not in (Status.pending, Status.approved))
            for line in lines:
                if line.who == HALLPASS and BEFORE.get(line.what) is not None:
                    assert line.before == BEFORE[line.what]

    @invariant()
    def nobody_can_press_what_is_over(self) -> None:
        over = {one.id for one in self.requests if one.status in (Status.lapsed, Status.denied, Status.withdrawn)}
        for who in (MARIA, RAVI, HELEN):
            for card in self.house.sees(who):
                decided = [button.action for button in card.buttons if isinstance(button.action, Approve)]
                assert not [one for one in decided if one.stage.partition(".")[0] in over]

    def _comes(self, who: Person, action: Action, values: dict[str, str] | None = None) -> None:
        if values is None and not isinstance(action, Deny):
            self.loop.run(self.house.presses(who, action))
        else:
            self.loop.run(self.house.sends(who, action, values or {}))
        self.loop.run(self.house.post_is_out())
        self._read()

    def _which(self, number: int) -> Request:
        return self.requests[number % len(self.requests)]

    def _read(self) -> None:
        self.requests = self.loop.run(all_kept(self.house))


def _record(work: Work, request: Request) -> tuple[Happening, ...]:
    return work.record.of(request.id)


def test_each_request_ends_as_it_must() -> None:
    run_state_machine_as_test(
        TimePasses,
        settings=settings(max_examples=15, stateful_step_count=15, suppress_health_check=list(HealthCheck), deadline=None),
    )
