"""What a test reads: what a person sees, the words, buttons and inputs on it, and waiting until something is so. Not here: acting."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from tests.loopback.teams.cards import everything
from tests.loopback.teams.forms import inputs_of
from tests.loopback.teams.records import Dialog, Json, Message, Place
from tests.loopback.teams.world import World

Shown = Message | Dialog
In = str | Message | None
_Found = TypeVar("_Found")
_WORDS = {
    "TextBlock": ("text",),
    "TextRun": ("text",),
    "Image": ("altText",),
    "Input.Toggle": ("label", "title"),
}


class Reading(World):
    """The eyes of people and tests. A place is named by its key; None is the person's own chat with the bot."""

    def where(self, person: str, in_: In = None) -> tuple[Place, str | None]:
        """The place that is meant, and the thread in it: of a message, its own."""
        if isinstance(in_, Message):
            return next(one for one in self.places.values() if one.id == in_.place), in_.thread
        return (self.places[in_] if in_ else self.personal(person)), None

    def sees(self, person: str, in_: In = None) -> list[Message]:
        """All that this person sees there, oldest first; of a message, its thread."""
        place, thread = self.where(person, in_)
        there = [one for one in self.messages if one.place == place.id and not one.deleted and one.reader in {None, person}]
        return [one for one in there if not thread or one.thread == thread]

    def answers(self, person: str, in_: In = None) -> list[Message]:
        """What the bot said there."""
        return [one for one in self.sees(person, in_) if one.author == self.bot["id"]]

    def whispers(self, person: str) -> list[Message]:
        """What only this person sees, wherever it is: targeted messages."""
        return [one for one in self.messages if one.reader == person and not one.deleted]

    def dialog(self, person: str) -> Dialog | None:
        """The dialog (task module) before this person."""
        return self.dialogs.get(person)

    def cards(self, shown: Shown, person: str | None = None) -> list[Json]:
        """The cards as this person has them before them; without a person, as all have."""
        return [shown.card] if isinstance(shown, Dialog) else shown.seen_by(person)

    def text_of(self, shown: Shown, person: str | None = None) -> str:
        """All visible words, a line for each."""
        head = shown.title if isinstance(shown, Dialog) else shown.text
        words = [word for card in self.cards(shown, person) for word in words_of(card)]
        return "\n".join(one for one in [head, *words] if one)

    def actions(self, shown: Shown, person: str | None = None) -> list[tuple[Json, Json]]:
        """(card, action) for each button, in order; those on cards behind a button too."""
        return [(card, one) for card in self.cards(shown, person) for one in everything(card) if _pressable(one)]

    def buttons(self, shown: Shown, person: str | None = None) -> list[tuple[str, str, Json]]:
        """(label, verb, data) of each button, in order; the verb of a link is its address."""
        found = [one for _, one in self.actions(shown, person)]
        return [(str(one["title"]), str(one.get("verb", one.get("url", ""))), dict(one.get("data", {}))) for one in found]

    def inputs(self, shown: Shown, person: str | None = None) -> dict[str, Json]:
        """The inputs by id, in order."""
        return {one["id"]: one for card in self.cards(shown, person) for one in inputs_of(card)}

    def errors(self, shown: Shown) -> dict[str, str]:
        """What stands beside the inputs of a dialog."""
        return shown.errors if isinstance(shown, Dialog) else {}

    async def until(self, predicate: Callable[[], _Found | None], timeout: float = 60) -> _Found:  # noqa: ASYNC109  # a test says how long
        """Wait until this is so; what it gives is returned. What Teams would not show fails at once."""
        end = time.monotonic() + timeout
        while not (found := predicate()):
            assert not self.faulty, f"Teams would not show this: {self.faulty}"
            assert time.monotonic() < end, f"not so within {timeout} s; the last messages: {self._last()}"
            await asyncio.sleep(0.005)  # the bot lives in another task or process
        return found

    def _last(self) -> list[tuple[str, str, str | None, str]]:
        return [(one.place, one.author[:3], one.reader, self.text_of(one)) for one in self.messages[-5:]]


def words_of(card: Json) -> Iterator[str]:
    """Every text that is drawn, in order; hidden elements too, as a screen reader may reach them."""
    for one in everything(card):
        kind = str(one["type"])
        if kind in {"Fact", "Input.Choice"}:
            continue  # told below, as a pair
        keys = _WORDS.get(kind, ("label", "placeholder") if kind.startswith("Input.") else ("title",))
        yield from (str(one[key]) for key in keys if one.get(key))
        for pair in (*(one.get("facts") or ()), *(one.get("choices") or ())):
            yield f"{pair['title']}: {pair['value']}" if kind == "FactSet" else str(pair["title"])
        yield from (run for run in one.get("inlines") or () if isinstance(run, str))


def _pressable(one: Json) -> bool:
    return str(one["type"]).startswith("Action.") and one["type"] != "Action.ToggleVisibility"
