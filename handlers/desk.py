"""The one door: what a person says, presses, submits or looks up, and what comes back. The table of contents of the product."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from handlers import again, anew, answer, home, look, passing
from handlers.actions import (
    EVERYTHING,
    Action,
    Answer,
    Approve,
    Begin,
    Deny,
    Done,
    Helpful,
    Letter,
    Passing,
    Pressed,
    Request,
    Said,
    Submitted,
    Unhelpful,
    View,
    Withdraw,
)
from handlers.asking import Asking
from handlers.cards import Card, Faults, Reply, Say, Section, Whisper
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Correct, Renew, Revoke, TakeOut
from handlers.keeping import Checked, Moved, NotUsed, StillUsed
from handlers.moving import Moving
from handlers.one_edition import OneEdition
from handlers.people import Person
from handlers.ports import Clock, Link, NewId, Packs, Store, no_link
from handlers.wording import first_words, refusals, starting
from handlers.wording.posted import Posted
from handlers.workflow.moves import Move


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an adapter may ask for. Raises only for what should not happen: refusals are replies."""

    store: Store
    packs: Packs
    understand: answer.Understand
    clock: Clock
    new_id: NewId
    wake: Callable[[], None]  # something may wait in the outbox
    link: Link = no_link

    async def hear(self, said: Said, actor: Person) -> Reply:
        """Answer a question in its thread."""
        return await self._asking.hear(said, actor)

    async def press(self, pressed: Pressed, actor: Person) -> Reply:
        """Do what a button says, or open the form it needs."""
        if isinstance(pressed.action, Passing):
            return await self._moving.pass_on(pressed.action, None, actor, pressed.delivery)
        match pressed.action:
            case Begin(process) if process == EVERYTHING:
                return await self._moving.start(actor)
            case Request() | Begin() as opener:
                return await self._moving.offer(opener, actor)
            case Approve(stage):
                return await self._moving.decide(stage, Move.approve, actor, "", pressed.delivery)
            case Deny(stage):
                return await self._moving.ask_why(stage, actor, pressed.delivery)
            case Withdraw(request):
                return await self._moving.withdraw(request, actor, pressed.delivery)
            case Done():
                return await self._moving.done(pressed.action, actor, pressed.delivery)
            case Letter():
                return await self._moving.letter(pressed.action, actor)
            case Answer():
                return await self._asking.choose(pressed.action, actor, pressed.delivery)
            case Helpful() | Unhelpful():
                return await self._moving.judge(pressed.action, actor, None, pressed.delivery)
            case ApproveChanged() | AskMore() | AnswerMore() | Revoke() | Renew() | Correct() | TakeOut() as wanted:
                return await self._moving.change(pressed, wanted, actor)
            case StillUsed() | NotUsed() | Moved() | Checked() as kept:
                return await self._moving.keep(kept, None, actor, pressed.delivery)
            case _:
                assert_never(pressed.action)

    async def submit(self, submitted: Submitted, actor: Person) -> Reply:
        """Take a form that was filled in."""
        if isinstance(submitted.action, Passing):
            return await self._moving.pass_on(submitted.action, submitted.values, actor, submitted.delivery)
        match submitted.action:
            case Begin(process) if process == EVERYTHING:
                return await self._started(submitted, actor)
            case Request() | Begin() as opener:
                return await self._moving.send(opener, submitted, actor)
            case Deny(stage):
                return await self._moving.deny(stage, submitted, actor)
            case Done():
                return await self._moving.hand_in(submitted.action, submitted, actor)
            case Unhelpful():
                return await self._moving.judge(submitted.action, actor, submitted.values, submitted.delivery)
            case Approve() | Withdraw() | Letter() | Answer() | Helpful():
                return Whisper(refusals.unknown_button())
            case ApproveChanged() | AskMore() | AnswerMore() | Revoke() | Renew() | Correct() | TakeOut() as wanted:
                return await self._moving.change(submitted, wanted, actor)
            case StillUsed() | NotUsed() | Moved() | Checked() as kept:
                return await self._moving.keep(kept, submitted.values, actor, submitted.delivery)
            case _:
                assert_never(submitted.action)

    async def _started(self, submitted: Submitted, actor: Person) -> Reply:
        """Open the form that was chosen, or that the answer to her own words leads to; else give the answer."""
        chosen, words = submitted.values.get(starting.WHICH, ""), submitted.values.get(starting.WISH, "")
        if chosen or not words.strip():
            return await self._moving.offer(Begin(chosen), actor) if chosen else starting.neither()
        delivery = f"{submitted.delivery}.asked"  # the form that follows may come in the same dialog, under the same id
        reply = await self._asking.hear(Said(words, delivery, delivery), actor)
        wanted = [button.action for button in reply.card.buttons] if isinstance(reply, Say | Whisper) else []
        form = next((action for action in wanted if isinstance(action, Request)), None)
        return await self._moving.offer(form, actor) if form else reply

    async def look(self, view: View, actor: Person) -> tuple[Card, ...]:
        """Return the cards of a view, as they stand now."""
        match view:
            case View.mine:
                return await self.store.read(look.mine, self.packs, actor, self.clock())
            case View.inbox:
                return await self.store.read(look.inbox, self.packs, actor, self.clock())
            case View.records:
                return await self.store.read(look.records, self.packs, actor, self.clock())
            case _:
                assert_never(view)

    async def standing(self, actor: Person) -> Card:
        """Return who stands in for the actor, with buttons to change it."""
        return await self.store.read(passing.standing, self.packs, actor)

    async def home(self, actor: Person) -> tuple[Section, ...]:
        """Return the person's own page, as things stand now."""
        return await self.store.read(home.sections, self.packs, actor, self.clock())

    async def again(self, action: Action, actor: Person) -> Reply:
        """Return the card on which that button stands, as it has to look now: nothing was done."""
        if isinstance(action, Request | Answer | Helpful | Unhelpful):
            card = await self._asking.again(action.answer, actor)
        elif isinstance(action, Begin):
            card = None
        else:
            card = await self.store.read(again.card, self.packs, action, actor, self.clock())
        return Whisper(card or refusals.nothing_done())

    async def see(self, posted: str, actor: Person) -> Reply:
        """Return a posted card (`Card.again`) as it has to look now, to whom it is for today."""
        if (meant := Posted.read(posted)) is None:
            return self.unknown()
        card = await self.store.read(anew.card, self.packs, meant, actor, self.clock())
        return Whisper(card or refusals.no_longer_yours())

    def help(self) -> Reply:
        """Say what can be asked and done here."""
        return Whisper(first_words.can_do())

    @staticmethod
    def prompts() -> tuple[tuple[str, str], ...]:
        """Return what somebody might ask first: a title, and what it says."""
        return first_words.PROMPTS

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

    def not_sent(self, faults: Faults) -> Reply:
        """Say what was wrong with a form that is no longer before whoever sent it."""
        return Whisper(refusals.not_sent([why for _, why in faults.sentences]))

    def unknown(self) -> Reply:
        """Answer a press that spells nothing this product ever drew."""
        return Whisper(refusals.unknown_button())

    @property
    def _asking(self) -> Asking:
        return Asking(self.store, self.packs, self.understand, self.clock, self.new_id)

    @property
    def _moving(self) -> Moving:
        return Moving(self.store, OneEdition(self.packs), self.clock, self.new_id, self.wake, self.link)
