"""What a test reads: what a person sees, the words and buttons on it, and waiting until something is so. Not here: acting."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from tests.loopback.slack.forms import options_of
from tests.loopback.slack.records import Json, Message, View
from tests.loopback.slack.world import World

Shown = Message | View
_Found = TypeVar("_Found")


class Reading(World):
    """The eyes of people and tests."""

    def in_channel(self, channel: str, reader: str | None = None) -> list[Message]:
        """All that stands there, oldest first, threads included; what only the reader sees among it."""
        there = self.place(channel).id
        return [one for one in self.messages if one.channel == there and not one.deleted and one.reader in {None, reader}]

    def thread(self, channel: str, ts: str, reader: str | None = None) -> list[Message]:
        """The first message and what was said beneath it."""
        return [one for one in self.in_channel(channel, reader) if ts in {one.ts, one.thread_ts}]

    def dm(self, user: str) -> list[Message]:
        """What this person sees in the DM with the bot."""
        return self.in_channel(self.im_with(user).id, user)

    def answers(self, user: str, channel: str | None = None) -> list[Message]:
        """What the bot said in this person's DM, or so that they see it in a channel."""
        there = self.dm(user) if channel is None else self.in_channel(channel, user)
        return [one for one in there if one.user == self.bot_user]

    def whispers(self, user: str) -> list[Message]:
        """What only this person sees, wherever it is."""
        return [one for one in self.messages if one.reader == user and not one.deleted]

    def modal(self, user: str) -> View | None:
        """The modal in front of this person."""
        stack = self.modals.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """This person's home tab."""
        return self.homes.get(user)

    def text_of(self, shown: Shown) -> str:
        """All visible words, a line for each; of a message without blocks, its text."""
        title = [shown.title] if isinstance(shown, View) and shown.title else []
        words = [*title, *(word for block in shown.all_blocks for word in _words(block))]
        return "\n".join(words) if words or isinstance(shown, View) else shown.text

    def buttons(self, shown: Shown) -> list[tuple[str, str, str]]:
        """(label, action_id, value) of each button, in order."""
        found = [one for _, one in acting(shown) if one["type"] == "button"]
        return [(one["text"]["text"], one["action_id"], one.get("value", "")) for one in found]

    async def until(self, predicate: Callable[[], _Found | None], timeout: float = 60) -> _Found:  # noqa: ASYNC109  # a test says how long
        """Wait until this is so; what it gives is returned."""
        end = time.monotonic() + timeout
        while not (found := predicate()):
            assert time.monotonic() < end, f"not so within {timeout} s; the last messages: {self._last()}"
            await asyncio.sleep(0.005)  # the app lives in another task or process
        return found

    def _last(self) -> list[tuple[str, str | None, str]]:
        return [(one.channel, one.reader, one.text or self.text_of(one)) for one in self.messages[-5:]]


def acting(shown: Shown) -> Iterator[tuple[Json, Json]]:
    """Each block with each element in it that somebody may press or set."""
    for block in shown.all_blocks:
        for one in (*(block.get("elements") or ()), block.get("accessory"), block.get("element")):
            if isinstance(one, dict) and "action_id" in one:
                yield block, one


def _words(thing: object) -> Iterator[str]:
    """Every text that is drawn, in the order in which it is drawn."""
    if isinstance(thing, list):
        for one in thing:
            yield from _words(one)
    elif isinstance(thing, dict):
        yield from _own_words(thing)


def _own_words(thing: Json) -> Iterator[str]:
    if isinstance(thing.get("text"), str) and thing["text"]:
        yield thing["text"]
    if thing.get("alt_text"):
        yield thing["alt_text"]
    for key in ("title", "label", "text", "fields", "hint", "placeholder", "element", "elements", "accessory", "rows"):
        if not isinstance(thing.get(key), str):
            yield from _words(thing.get(key))
    for option in options_of(thing):
        yield from _words(option["text"])
        yield from _words(option.get("description"))
