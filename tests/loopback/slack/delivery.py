"""How things reach the app: over its line, events again and again until it is heard. Also wrong, old and repeated on purpose."""

import asyncio
import contextlib
from collections.abc import Iterator

import aiohttp

from tests.loopback.slack.lines import Disguise, HttpLine, SocketLine
from tests.loopback.slack.reading import Reading
from tests.loopback.slack.records import Ack, Delivery, Json
from tests.loopback.slack.world import World


class Delivering(Reading):
    """Without an `app_url`, everything goes over Socket Mode. `patience` is Slack's: three seconds to an answer."""

    def __init__(self, *, app_url: str | None = None, team: str = "T1", enterprise: str | None = None, beside: World | None = None) -> None:
        super().__init__(team=team, enterprise=enterprise, beside=beside)
        self.app_url = app_url
        self.patience = 3.0
        self.retry_after: tuple[float, ...] = (0.02, 0.05, 0.1)  # Slack: at once, a minute, five minutes
        self.deliveries: list[Delivery] = []
        self.socket = SocketLine(self)
        self.background: set[asyncio.Task[Delivery]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._disguise: Disguise | None = None

    @property
    def _line(self) -> HttpLine | SocketLine:
        assert self._session, "use it as `async with LoopbackSlack() as slack`"
        return HttpLine(self, self._session, self.app_url) if self.app_url else self.socket

    async def deliver(self, kind: str, key: str, payload: Json) -> Delivery:
        """Bring something to the app: kind is event, command or interactive."""
        delivery = Delivery(key, kind, payload)
        self.deliveries.append(delivery)
        await self._try(delivery, (0, None))
        for number, pause in enumerate(self.retry_after if kind == "event" else (), start=1):
            if _heard(delivery.last):
                break
            await asyncio.sleep(pause)
            await self._try(delivery, (number, _reason(delivery.last)))
        return delivery

    async def _try(self, delivery: Delivery, retry: tuple[int, str | None]) -> Ack:
        ack = await self._line.send(delivery, self.patience, retry, self._disguise)
        delivery.tries.append(ack)
        return ack

    async def again(self, delivery: Delivery, times: int = 1, *, reason: str = "http_timeout", at_once: bool = False) -> list[Ack]:
        """The same event or press once more, or many times, newly signed; an event says that it is a retry."""
        retries = [(number, reason) if delivery.kind == "event" else (0, None) for number in range(1, times + 1)]
        if at_once:
            return list(await asyncio.gather(*(self._try(delivery, retry) for retry in retries)))
        return [await self._try(delivery, retry) for retry in retries]

    async def replayed(self, delivery: Delivery) -> Ack:
        """The very same bytes under the very same signature: somebody overheard them."""
        line = self._line
        assert isinstance(line, HttpLine)
        return await line.repeat(delivery, self.patience)

    @contextlib.contextmanager
    def disguised(self, how: Disguise) -> Iterator[None]:
        """All that is delivered meanwhile is unsigned, forged or too old, and tried only once."""
        before, self.retry_after = self.retry_after, ()
        self._disguise = how
        try:
            yield
        finally:
            self._disguise, self.retry_after = None, before


def _heard(ack: Ack) -> bool:
    return (ack.status is not None and 200 <= ack.status < 300) or ack.headers.get("x-slack-no-retry") == "1"


def _reason(ack: Ack) -> str:
    if ack.status is not None:
        return "http_error"
    return "http_timeout" if isinstance(ack.body, TimeoutError) else "connection_failed"
