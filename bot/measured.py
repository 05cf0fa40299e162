"""The store and the desk, watched: what a unit of work keeps is counted once it is committed. Not here: the names of what is counted."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from prometheus_client import Counter

from bot.meters import NOWHERE, Meters
from handlers.actions import Answer, Pressed, Said
from handlers.cards import Reply
from handlers.desk import Desk
from handlers.kept import Answered, Claimed, Copy, Happening
from handlers.people import Person, Platform
from handlers.ports import Store, Work

P = ParamSpec("P")
T = TypeVar("T")


def measured_desk(desk: Desk, meters: Meters, platform: Platform) -> Desk:
    """Return the desk as one platform's people use it, with its answers counted and timed."""
    watched = replace(desk, store=measured_store(desk.store, meters, platform))
    return cast("Desk", _Timed(watched, meters, platform))


def measured_store(store: Store, meters: Meters, platform: Platform | None = None) -> Store:
    """Return the store with everything counted that is committed through it; `platform` is where what it keeps was said."""
    return _Counted(store, meters, platform.value if platform else NOWHERE)


class _Counted(Store):
    def __init__(self, store: Store, meters: Meters, platform: str) -> None:
        self._store, self._meters, self._platform = store, meters, platform

    async def write(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        noted: list[Counter] = []

        def watched(work: Work) -> T:
            noted.clear()  # the store may have to run the unit again
            return unit(self._over(work, noted), *args, **kwargs)

        begun = time.perf_counter()
        try:
            with self._meters.span("keep", {"unit": getattr(unit, "__qualname__", type(unit).__name__)}):
                value = await self._store.write(watched)
        finally:
            self._meters.writing.observe(time.perf_counter() - begun)
        for counter in noted:
            counter.inc()
        return value

    async def read(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._store.read(unit, *args, **kwargs)

    async def glance(self, unit: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._store.glance(unit, *args, **kwargs)

    def _over(self, work: Work, noted: list[Counter]) -> Work:
        meters = self._meters

        def answered(one: Answered) -> None:
            noted.append(meters.questions.labels(one.ruling, self._platform))

        def happened(one: Happening) -> None:
            noted.append(meters.decisions.labels(one.what))

        def sent(claimed: Claimed, copy: Copy | None, _shown: Sequence[int] = ()) -> None:
            to = copy or claimed.copy
            noted.append(meters.deliveries.labels("sent", to.address.platform.value if to else NOWHERE))

        def failed(claimed: Claimed, _why: str, retry_in: float | None) -> None:
            if not claimed.leaving.is_timer:
                noted.append(meters.deliveries.labels("dead" if retry_in is None else "retried", _platform(work, claimed)))

        return work.but(
            answers=cast("Any", _Noting(work.answers, add=answered)),
            record=cast("Any", _Noting(work.record, add=happened)),
            outbox=cast("Any", _Noting(work.outbox, sent=sent, failed=failed)),
        )


class _Noting:
    """A port some of whose methods are noted once they are done; everything else of it is as it was."""

    def __init__(self, port: object, **after: Callable[..., None]) -> None:
        self._port, self._after = port, after

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the port has
        call, after = getattr(self._port, name), self._after.get(name)
        if after is None:
            return call

        def noted(*args: object, **kwargs: object) -> object:
            done = call(*args, **kwargs)
            after(*args, **kwargs)
            return done

        return noted


def _platform(work: Work, claimed: Claimed) -> str:
    """Return where a card was to go that did not arrive: where its first copy stands, else where its reader is met."""
    if claimed.copy:
        return claimed.copy.address.platform.value
    reader = work.directory.get(claimed.leaving.to)
    return next((one.platform.value for one in reader.addresses), NOWHERE) if reader else NOWHERE


class _Timed:
    """The desk, with a clock beside whatever is answered; everything else of it is as it was."""

    def __init__(self, desk: Desk, meters: Meters, platform: Platform) -> None:
        self._desk, self._answering = desk, meters.answering.labels(platform.value)
        self._span, self._where = meters.span, {"platform": platform.value}

    async def hear(self, said: Said, actor: Person) -> Reply:
        with self._timed():
            return await self._desk.hear(said, actor)

    async def press(self, pressed: Pressed, actor: Person) -> Reply:
        if not isinstance(pressed.action, Answer):
            return await self._desk.press(pressed, actor)
        with self._timed():
            return await self._desk.press(pressed, actor)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the desk has
        return getattr(self._desk, name)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        begun = time.perf_counter()
        with self._span("answer", self._where):
            yield  # what breaks is no answer
        self._answering.observe(time.perf_counter() - begun)
