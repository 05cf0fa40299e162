"""What moves a request, from the press or the form to the words that answer it. Not here: which moves are legal, questions of policy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from handlers import apply, decide, feedback, fulfil, further, letter, offering, passing, register, replies, unfilled, withdraw
from handlers.actions import Done, Helpful, Letter, Opener, Passing, Pressed, Submitted, Unhelpful
from handlers.cards import Open, Reply
from handlers.changing import Changing
from handlers.ids import RequestId, StageId
from handlers.keeping import Keeping
from handlers.naming import named
from handlers.people import Person, PersonId, StandInId
from handlers.policy.fields import check
from handlers.ports import Clock, Link, NewId, Packs, Store, Work
from handlers.wording import forms, starting
from handlers.workflow.moves import Decision, Move

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moving:
    """The desk's part that moves requests: each move is one transaction, and then somebody may have to be told."""

    store: Store
    packs: Packs
    clock: Clock
    new_id: NewId
    wake: Callable[[], None]
    link: Link

    async def judge(self, action: Helpful | Unhelpful, actor: Person, values: Mapping[str, str] | None, delivery: str) -> Reply:
        """Take what somebody thinks of an answer."""
        pack = self.packs.get(actor.district)
        judged = await self.store.write(feedback.judge, action, actor, pack, values, delivery=delivery, now=self.clock())
        return replies.judged(judged, pack, sent=values is not None)

    async def start(self, actor: Person) -> Reply:
        """Open the form in which somebody says what she wants to do, or chooses what to start."""
        pack = self.packs.get(actor.district)
        return Open(starting.start(await self.store.read(offering.startable_by, actor, pack)))

    async def offer(self, opener: Opener, actor: Person) -> Reply:
        """Open the form that an answer leads to, or that somebody chose."""
        pack = self.packs.get(actor.district)
        offered = await self.store.read(offering.offer, opener, actor, pack, self.clock())
        await self._report(offered, actor)
        return replies.offered(offered, pack)

    async def send(self, opener: Opener, submitted: Submitted, actor: Person) -> Reply:
        """Send a request."""
        pack, new, delivery = self.packs.get(actor.district), RequestId(self.new_id()), submitted.delivery
        sent = await self.store.write(apply.send, opener, submitted.values, actor, pack, new=new, delivery=delivery, now=self.clock())
        self._perhaps_wake(sent)
        await self._report(sent, actor)
        return replies.sent(sent, pack)

    async def ask_why(self, stage: StageId, actor: Person, delivery: str) -> Reply:
        """Open the form for a denial's reason."""
        asked, known = await self._do(actor, decide.may_open, self.packs, stage, actor, delivery=delivery, now=self.clock())
        return replies.asked_why(asked, stage, known)

    async def deny(self, stage: StageId, submitted: Submitted, actor: Person) -> Reply:
        """Refuse at a stage, with a reason."""
        filled = check([forms.REASON], submitted.values)
        if isinstance(filled, tuple):
            return forms.faults(filled)
        return await self.decide(stage, Move.deny, actor, filled[forms.REASON.name], submitted.delivery)

    async def decide(self, stage: StageId, move: Decision, actor: Person, reason: str, delivery: str) -> Reply:
        """Decide a stage."""
        now = self.clock()
        return replies.moved(*await self._do(actor, decide.decide, self.packs, stage, move, actor, reason, delivery=delivery, now=now))

    async def withdraw(self, request: RequestId, actor: Person, delivery: str) -> Reply:
        """Take a request back."""
        return replies.moved(*await self._do(actor, withdraw.take_back, request, actor, delivery=delivery, now=self.clock()))

    async def done(self, action: Done, actor: Person, delivery: str) -> Reply:
        """Do a duty, or open the form for its evidence."""
        return replies.done(*await self._do(actor, fulfil.press, self.packs, action.duty, actor, delivery=delivery, now=self.clock()))

    async def hand_in(self, action: Done, sent: Submitted, actor: Person) -> Reply:
        """Do a duty with its evidence."""
        now = self.clock()
        done = await self._do(actor, fulfil.submit, self.packs, action.duty, sent.values, actor, delivery=sent.delivery, now=now)
        return replies.done(*done)

    async def letter(self, action: Letter, actor: Person) -> Reply:
        """Draft a duty's letter, for its owner alone."""
        drafted = await self.store.read(letter.draft, self.packs, action.duty, actor, self.clock())
        return replies.drafted(drafted, self.link(action.duty, actor.id), await self.store.read(named, actor.district, ()))

    async def pass_on(self, action: Passing, values: passing.Values, actor: Person, delivery: str) -> Reply:
        """Pass something from one to another."""
        new, now = StandInId(self.new_id()), self.clock()
        passed = await self._do(actor, passing.passes, self.packs, action, values, actor, new=new, delivery=delivery, now=now)
        return passing.reply(*passed, self.packs.get(actor.district))

    async def change(self, came: Pressed | Submitted, wanted: Changing, actor: Person) -> Reply:
        """Change a request before, or a permission after, its decision."""
        new, now = self.new_id(), self.clock()
        done = await self._do(actor, further.change, self.packs, came, wanted, actor, new=new, now=now)
        await self._report(done[0], actor)
        return further.replied(*done, actor, self.packs)

    async def keep(self, wanted: Keeping, values: Mapping[str, str] | None, actor: Person, delivery: str) -> Reply:
        """Keep the register of channels right."""
        now = self.clock()
        kept, known = await self._do(actor, register.keep, self.packs, wanted, values, actor, delivery=delivery, now=now)
        return replies.kept(kept, known)

    async def _report(self, outcome: object, actor: Person) -> None:
        """Tell those who look after Hallpass that nobody could decide, where that is what it came to."""
        if isinstance(outcome, offering.Nobody):
            await self.store.write(unfilled.report, outcome, actor, self.packs.get(actor.district), self.clock())
            self.wake()

    async def _do(
        self, actor: Person, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, Mapping[PersonId, Person]]:
        """Run the unit, and read the names for its reply with it: once it is committed nothing more can go wrong."""
        done = await self.store.write(lambda work: (unit(work, *args, **kwargs), named(work, actor.district, ())))
        self._perhaps_wake(done[0])
        return done

    def _perhaps_wake(self, outcome: object) -> None:
        if isinstance(outcome, replies.MOVED):
            self.wake()
