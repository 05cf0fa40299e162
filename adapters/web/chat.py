"""The way out to the page: a card is drawn, kept in its reader's thread, and open pages are woken. Not here: how it looks."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from adapters.web.draw import draw, draw_divider, draw_said, label
from handlers.actions import Action
from handlers.cards import Card
from handlers.people import Address
from handlers.ports import Chat, Clock, Store


class Bell:
    """Tells open pages that their district has news. What the news is they read themselves, so a missed ring loses nothing."""

    def __init__(self) -> None:
        self._pages: dict[str, set[asyncio.Event]] = {}
        self.closed = False

    def ring(self, tenant: str) -> None:
        """Wake every page that shows this district."""
        for page in self._pages.get(tenant, ()):
            page.set()

    @contextmanager
    def listening(self, tenant: str) -> Iterator[asyncio.Event]:
        """Give an open page its own ear, for as long as it stays open."""
        page = asyncio.Event()
        self._pages.setdefault(tenant, set()).add(page)
        try:
            yield page
        finally:
            self._pages[tenant].discard(page)

    def close(self) -> None:
        """Let every page go: the server stops, and the pages come back by themselves."""
        self.closed = True
        for tenant in self._pages:
            self.ring(tenant)


class WebChat(Chat):
    """The browser's threads: what a chat platform would keep, our own store keeps."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.bell = Bell()

    async def post(
        self,
        to: Address,
        card: Card,
        key: str,
        beneath: str = "",  # noqa: ARG002  # the page has one thread for all
        shared: str = "",  # noqa: ARG002  # and a pane for each
        *,
        again: bool = False,  # noqa: ARG002  # and keeps a key once
    ) -> str:
        """Put the card into the reader's thread; the same key again returns the first message."""
        return await self._keep(to, key, draw(card))

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Redraw a card where it stands."""
        body = draw(card)
        await self._store.write(lambda work: work.threads.edit(to, message, body))
        self.bell.ring(to.tenant)

    async def quote(self, by: Address, text: str, key: str) -> str:
        """Put a person's own words into her thread, as a chat platform does before we hear of them."""
        return await self._keep(by, key, draw_said(text))

    async def divide(self, reader: Address, topic: int) -> None:
        """Leave a line in her thread where a new topic begins; once, however many words follow it."""
        await self._keep(reader, f"topic.{topic}", draw_divider(topic))

    async def label(self, reader: Address, action: Action) -> str:
        """Return what stands on the button in her thread; nothing when there is no such button any more."""
        return next((words for _, body, _ in reversed(await self.thread(reader)) if (words := label(body, action))), "")

    async def thread(self, reader: Address) -> tuple[tuple[str, str, datetime], ...]:
        """Return message, fragment and moment, oldest first."""
        return await self._store.read(lambda work: work.threads.of(reader))

    async def _keep(self, reader: Address, key: str, body: str) -> str:
        at = self._clock()
        message = await self._store.write(lambda work: work.threads.post(reader, key, body, at))
        self.bell.ring(reader.tenant)
        return message
