"""The one door: what a person says, presses, submits or looks up, and what comes back. The table of contents of the product."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from handlers import answer, apply, decide, fulfil, look, withdraw
from handlers.actions import Answer, Approve, Deny, Done, Pressed, Request, Said, Submitted, View, Withdraw
from handlers.cards import Card, Open, Reply, Say, Whisper
from handlers.ids import AnswerId, RequestId, StageId
from handlers.people import Person
from handlers.policy.fields import check
from handlers.ports import Clock, NewId, Packs, Store
from handlers.wording import forms, receipts, refusals, terms
from handlers.wording.answers import answer as answer_card
from handlers.workflow.moves import Decision, Fulfilled, Move, Refusal, Settled
from handlers.workflow.request import Request as Asked


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
        thought = answer.think(self.packs.get(actor.district), attached, turns, chosen, self.understand)
        return await self._keep(thought, actor, said.thread, said.delivery)

    async def press(self, pressed: Pressed, actor: Person) -> Reply:
        """Do what a button says, or open the form it needs."""
        match pressed.action:
            case Request(answer_id):
                return await self._offer(answer_id, actor)
            case Approve(stage):
                return await self._decide(stage, Move.approve, actor, "")
            case Deny(stage):
                return await self._ask_why(stage, actor)
            case Withdraw(request):
                return await self._withdraw(request, actor)
            case Done():
                return await self._done(pressed.action, actor)
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

    def unknown(self) -> Reply:
        """Answer a press that spells nothing this product ever drew."""
        return Whisper(refusals.unknown_button())

    async def _keep(self, thought: answer.Thought, actor: Person, thread: str, delivery: str) -> Reply:
        pack = self.packs.get(actor.district)
        kept = answer.kept(thought, AnswerId(self.new_id()), actor, pack, thread, self.clock())
        first = await self.store.write(answer.remember, kept, delivery)
        return Say(answer_card(thought.explained, pack, first), f"answer:{first}")

    async def _answered(self, action: Answer, actor: Person, delivery: str) -> Reply:
        last, attached = await self.store.read(answer.again, action.answer, actor)
        pack = self.packs.get(actor.district)
        chosen = answer.choose(pack, last, action.choice) if last else None
        if last is None or chosen is None:
            return Whisper(refusals.old_answer())
        thought = answer.think(pack, attached, last.turns, chosen, self.understand)
        return await self._keep(thought, actor, last.thread, delivery)

    async def _offer(self, answer_id: AnswerId, actor: Person) -> Reply:
        offered = await self.store.read(apply.offer, answer_id, actor, self.packs.get(actor.district))
        match offered:
            case apply.Offered():
                return Open(forms.request(offered.answer, offered.process, offered.facts, offered.found or offered.told, offered.known))
            case _:
                return await self._not_offered(offered, actor)

    async def _send(self, answer_id: AnswerId, submitted: Submitted, actor: Person) -> Reply:
        pack, new = self.packs.get(actor.district), RequestId(self.new_id())
        sent = await self.store.write(
            apply.send, answer_id, submitted.values, actor, pack, new=new, delivery=submitted.delivery, now=self.clock()
        )
        match sent:
            case apply.Sent(request):
                self.wake()
                return Whisper(receipts.sent(request, pack))
            case apply.Misfilled(faults):
                return forms.faults(faults)
            case _:
                return await self._not_offered(sent, actor)

    async def _not_offered(self, why: apply.Nobody | apply.Outdated | Refusal, actor: Person) -> Reply:
        match why:
            case apply.Nobody(stage, decides):
                return Whisper(forms.nobody(stage, self.packs.get(actor.district), decides=decides))
            case apply.Outdated():
                return Whisper(refusals.old_answer())
            case _:
                return await self._refused(why, actor)

    async def _ask_why(self, stage: StageId, actor: Person) -> Reply:
        request = await self.store.write(decide.may_open, stage, actor, now=self.clock())
        if not isinstance(request, Asked):
            return await self._refused(request, actor)
        known = await self.store.read(look.known, actor)
        return Open(forms.denial(stage, terms.name(request.requester, known)))

    async def _deny(self, stage: StageId, submitted: Submitted, actor: Person) -> Reply:
        filled = check([forms.REASON], submitted.values)
        if isinstance(filled, tuple):
            return forms.faults(filled)
        return await self._decide(stage, Move.deny, actor, filled[forms.REASON.name])

    async def _decide(self, stage: StageId, move: Decision, actor: Person, reason: str) -> Reply:
        settled = await self.store.write(decide.decide, self.packs, stage, move, actor, reason, now=self.clock())
        return await self._moved(settled, actor)

    async def _withdraw(self, request: RequestId, actor: Person) -> Reply:
        return await self._moved(await self.store.write(withdraw.take_back, request, actor, now=self.clock()), actor)

    async def _done(self, action: Done, actor: Person) -> Reply:
        done = await self.store.write(fulfil.press, self.packs, action.duty, actor, now=self.clock())
        if isinstance(done, fulfil.Wanted):
            return Open(forms.evidence(done.duty.id, done.duty.what, done.obligation))
        return await self._moved(done, actor)

    async def _hand_in(self, action: Done, submitted: Submitted, actor: Person) -> Reply:
        done = await self.store.write(fulfil.submit, self.packs, action.duty, submitted.values, actor, now=self.clock())
        if isinstance(done, fulfil.Misfilled):
            return forms.faults(done.faults)
        return await self._moved(done, actor)

    async def _moved(self, moved: Settled | Fulfilled | Refusal, actor: Person) -> Reply:
        match moved:
            case Settled(request):
                self.wake()
                return Whisper(receipts.settled(request, await self.store.read(look.known, actor)))
            case Fulfilled(duty):
                self.wake()
                return Whisper(receipts.fulfilled(duty))
            case _:
                return await self._refused(moved, actor)

    async def _refused(self, refusal: Refusal, actor: Person) -> Reply:
        return Whisper(refusals.refused(refusal, await self.store.read(look.known, actor)))
