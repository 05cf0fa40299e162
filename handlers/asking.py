"""A question in its thread, from the words to the card that answers them; and the choice that answers the bot's own question."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from handlers import answer
from handlers.actions import Answer, Said
from handlers.cards import Card, Reply, Say, Whisper
from handlers.ids import AnswerId, key_of
from handlers.people import Person
from handlers.policy.facts import Facts
from handlers.policy.pack import Pack
from handlers.ports import Clock, NewId, Packs, Store
from handlers.wording import refusals
from handlers.wording.answers import answer as answer_card


@dataclass(frozen=True, slots=True)
class Asking:
    """The desk's part that answers: nothing here moves a request."""

    store: Store
    packs: Packs
    understand: answer.Understand
    clock: Clock
    new_id: NewId

    async def hear(self, said: Said, actor: Person) -> Reply:
        """Answer a question in its thread."""
        text = answer.heard(said.text)
        if not text:
            return Whisper(refusals.not_said())
        if len(text) > refusals.LONGEST_QUESTION:
            return Whisper(refusals.said_too_much(len(text)))
        turns, chosen, attached = await self.store.glance(answer.before, actor, said, text, self.clock())
        chosen = answer.still_chosen(chosen, turns, self.understand)
        pack = self.packs.get(actor.district)
        thought = await self._think(pack, attached, turns, chosen)
        return await self._keep(thought, pack, actor, said)

    async def again(self, answer_id: AnswerId, actor: Person) -> Card | None:
        """Return an answer of the actor's own as it is given today, None for anybody else's."""
        last, attached = await self.store.read(answer.again, answer_id, actor)
        if last is None:
            return None
        pack = self.packs.get(actor.district)
        thought = await self._think(pack, attached, last.turns, last.chosen)
        return answer_card(thought.explained, pack, answer_id)

    async def choose(self, action: Answer, actor: Person, delivery: str) -> Reply:
        """Answer again, with what was chosen."""
        last, attached = await self.store.read(answer.again, action.answer, actor)
        pack = self.packs.get(actor.district)
        if last is None:
            return Whisper(refusals.old_answer())
        asked = await self._think(pack, attached, last.turns, last.chosen)
        chosen = answer.choose(asked.explained, last, action.choice)
        if chosen is None:
            return Whisper(refusals.old_answer())
        thought = await self._think(pack, attached, last.turns, chosen)
        return await self._keep(thought, pack, actor, Said("", last.thread, delivery))

    async def _think(self, pack: Pack, text: str | None, turns: Sequence[str], chosen: Facts) -> answer.Thought:
        if pack.draft:  # the first question to a draft reads all its clauses: a second during which others are answered
            return await asyncio.to_thread(answer.think, pack, text, turns, chosen, self.understand)
        return answer.think(pack, text, turns, chosen, self.understand)

    async def _keep(self, thought: answer.Thought, pack: Pack, actor: Person, said: Said) -> Reply:
        kept = answer.kept(thought, AnswerId(self.new_id()), actor, pack, said.thread, self.clock())
        first, ours = await self.store.write(answer.remember, kept, said.delivery, said.claim)
        return Say(answer_card(thought.explained, pack, first), key_of(first), ours)
