"""The one door: what a person says, presses, submits or looks up, and what comes back. The table of contents of the product."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar, assert_never

from handlers import answer, apply, decide, fulfil, look, replies, withdraw
from handlers.actions import Answer, Approve, Deny, Done, Pressed, Request, Said, Submitted, View, Withdraw
from handlers.cards import Card, Reply, Say, Whisper
from handlers.ids import AnswerId, RequestId, StageId
from handlers.naming import named
from handlers.people import Person, PersonId
from handlers.policy.facts import Facts
from handlers.policy.fields import check
from handlers.policy.pack import Pack
from handlers.ports import Clock, NewId, Packs, Store, Work
from handlers.wording import first_words, forms, refusals
from handlers.wording.answers import answer as answer_card
from handlers.workflow.moves import Decision, Move

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an adapter may ask for. Raises only for what should not happen: refusals are replies."""

    store: Store
    packs: Packs
    understand: answer.Understand
    clock: Clock
    new_id: NewId
    wake: Callable[[], None]  # something may wait in the outbox

    async def hear(self, said: Said, actor: Person) -> Reply:
        """Answer a question in its thread."""
        text = answer.heard(said.text)
        if not text:
            return Whisper(refusals.not_said())
        if len(text) > refusals.LONGEST_QUESTION:
            return Whisper(refusals.said_too_much(len(text)))
        turns, chosen, attached = await self.store.read(answer.before, actor, text, said.thread, said.delivery)
        chosen = answer.still_chosen(chosen, turns, self.understand)
        thought = await self._think(self.packs.get(actor.district), attached, turns, chosen)
        return await self._keep(thought, actor, said.thread, said.delivery)

    async def press(self, pressed: Pressed, actor: Person) -> Reply:
        """Do what a button says, or open the form it needs."""
        match pressed.action:
            case Request(answer_id):
                return await self._offer(answer_id, actor)
            case Approve(stage):
                return await self._decide(stage, Move.approve, actor, "", pressed.delivery)
            case Deny(stage):
                return await self._ask_why(stage, actor, pressed.delivery)
            case Withdraw(request):
                return await self._withdraw(request, actor, pressed.delivery)
            case Done():
                return await self._done(pressed.action, actor, pressed.delivery)
            case Answer():
                return await self._answered(pressed.action, actor, pressed.delivery)
            case _:
                assert_never(pressed.action)

    async def submit(self, submitted: Submitted, actor: Person) -> Reply:
        """Take a form that was filled in."""
        match submitted.action:
            case Request(answer_id):
                return await self._send(answer_id, submitted, actor)
            case Deny(stage):
                return await self._deny(stage, submitted, actor)
            case Done():
                return await self._hand_in(submitted.action, submitted, actor)
            case Approve() | Withdraw() | Answer():
                return Whisper(refusals.unknown_button())
            case _:
                assert_never(submitted.action)

    async def look(self, view: View, actor: Person) -> tuple[Card, ...]:
        """Return the cards of a view, as they stand now."""
        match view:
            case View.mine:
                return await self.store.read(look.mine, self.packs, actor)
            case View.inbox:
                return await self.store.read(look.inbox, self.packs, actor)
            case View.records:
                return await self.store.read(look.records, self.packs, actor)
            case _:
                assert_never(view)

    def help(self) -> Reply:
        """Say what can be asked and done here."""
        return Whisper(first_words.can_do())

    def nothing(self, view: View) -> Reply:
        """Say that a view is empty, where a list cannot be."""
        return Whisper(first_words.nothing(view))

    def stranger(self, perhaps: Person | None = None) -> Reply:
        """Answer somebody whom the directory does not know; `perhaps` is the person that a verified e-mail names."""
        return Whisper(first_words.proposed(perhaps.name, perhaps.email) if perhaps else first_words.not_known())

    def broke(self) -> Reply:
        """Say that it is our fault, and that it may have been done all the same."""
        return Whisper(refusals.broke())

    def too_slow(self) -> Reply:
        """Say that a form came too late to be opened."""
        return Whisper(refusals.too_slow())

    def unknown(self) -> Reply:
        """Answer a press that spells nothing this product ever drew."""
        return Whisper(refusals.unknown_button())

    async def _think(self, pack: Pack, text: str | None, turns: Sequence[str], chosen: Facts) -> answer.Thought:
        if pack.draft:  # the first question to a draft reads all its clauses: a second during which others are answered
            return await asyncio.to_thread(answer.think, pack, text, turns, chosen, self.understand)
        return answer.think(pack, text, turns, chosen, self.understand)

    async def _keep(self, thought: answer.Thought, actor: Person, thread: str, delivery: str) -> Reply:
        pack = self.packs.get(actor.district)
        kept = answer.kept(thought, AnswerId(self.new_id()), actor, pack, thread, self.clock())
        first = await self.store.write(answer.remember, kept, delivery)
        return Say(answer_card(thought.explained, pack, first), f"answer:{first}")

    async def _answered(self, action: Answer, actor: Person, delivery: str) -> Reply:
        last, attached = await self.store.read(answer.again, action.answer, actor)
        pack = self.packs.get(actor.district)
        if last is None:
            return Whisper(refusals.old_answer())
        asked = await self._think(pack, attached, last.turns, last.chosen)
        chosen = answer.choose(asked.explained, last, action.choice)
        if chosen is None:
            return Whisper(refusals.old_answer())
        thought = await self._think(pack, attached, last.turns, chosen)
        return await self._keep(thought, actor, last.thread, delivery)

    async def _offer(self, answer_id: AnswerId, actor: Person) -> Reply:
        pack = self.packs.get(actor.district)
        return replies.offered(await self.store.read(apply.offer, answer_id, actor, pack), pack)

    async def _send(self, answer_id: AnswerId, submitted: Submitted, actor: Person) -> Reply:
        pack, new, delivery = self.packs.get(actor.district), RequestId(self.new_id()), submitted.delivery
        sent = await self.store.write(apply.send, answer_id, submitted.values, actor, pack, new=new, delivery=delivery, now=self.clock())
        self._perhaps_wake(sent)
        return replies.sent(sent, pack)

    async def _ask_why(self, stage: StageId, actor: Person, delivery: str) -> Reply:
        asked, known = await self._do(actor, decide.may_open, self.packs, stage, actor, delivery=delivery, now=self.clock())
        return replies.asked_why(asked, stage, known)

    async def _deny(self, stage: StageId, submitted: Submitted, actor: Person) -> Reply:
        filled = check([forms.REASON], submitted.values)
        if isinstance(filled, tuple):
            return forms.faults(filled)
        return await self._decide(stage, Move.deny, actor, filled[forms.REASON.name], submitted.delivery)

    async def _decide(self, stage: StageId, move: Decision, actor: Person, reason: str, delivery: str) -> Reply:
        now = self.clock()
        return replies.moved(*await self._do(actor, decide.decide, self.packs, stage, move, actor, reason, delivery=delivery, now=now))

    async def _withdraw(self, request: RequestId, actor: Person, delivery: str) -> Reply:
        return replies.moved(*await self._do(actor, withdraw.take_back, request, actor, delivery=delivery, now=self.clock()))

    async def _done(self, action: Done, actor: Person, delivery: str) -> Reply:
        return replies.done(*await self._do(actor, fulfil.press, self.packs, action.duty, actor, delivery=delivery, now=self.clock()))

    async def _hand_in(self, action: Done, sent: Submitted, actor: Person) -> Reply:
        now = self.clock()
        done = await self._do(actor, fulfil.submit, self.packs, action.duty, sent.values, actor, delivery=sent.delivery, now=now)
        return replies.done(*done)

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
