"""What whoever looks after the process asks it: is it alive, is it ready, what does it count. Not here: what people ask it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client.exposition import choose_encoder

from bot.logs import seen
from bot.meters import Meters
from bot.ready import Readiness
from handlers.kept import Backlog
from handlers.ports import Store, Work

PATIENCE = 2.0  # seconds for the outbox to be counted: the rest is told without it
UNKNOWN = "unknown"  # the route of an address that is none of ours: whatever somebody types must not become a label

log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def watched(meters: Meters, ready: Readiness, store: Store) -> web.Application:
    """Return an application that counts its requests, with /healthz, /readyz and /metrics on it."""
    app = web.Application(middlewares=[_counting(meters)])
    app.on_shutdown.append(lambda _: _closed(ready))
    app.router.add_get("/healthz", _lives)
    app.router.add_get("/readyz", lambda _: _ready(ready))
    app.router.add_get("/metrics", lambda request: _metrics(request, meters, store))
    return app


def _counting(meters: Meters) -> Middleware:
    @web.middleware
    async def counting(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun, status = time.perf_counter(), 500
        resource = request.match_info.route.resource
        route = resource.canonical if resource else UNKNOWN
        try:
            with meters.span("request", {"route": route}):
                response = await handler(request)
            status = response.status
        except web.HTTPException as refused:
            status = refused.status
            raise
        finally:
            meters.requests.labels(route, str(status)).inc()
            meters.serving.labels(route).observe(time.perf_counter() - begun)
        return response

    return counting


async def _closed(ready: Readiness) -> None:
    ready.close()


async def _lives(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _ready(ready: Readiness) -> web.Response:
    told = await ready.look()
    return web.json_response(told, status=200 if told["ready"] else 503)


async def _metrics(request: web.Request, meters: Meters, store: Store) -> web.Response:
    meters.waits(await _backlog(store))
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return web.Response(body=encode(meters.registry), headers={"Content-Type": kind})


async def _backlog(store: Store) -> Backlog | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await store.read(_waits)
    except Exception as error:  # noqa: BLE001  # whatever it is, what this process counted itself is told all the same
        log.warning("the outbox cannot be counted", extra=seen(error))
        return None


def _waits(work: Work) -> Backlog:
    return work.outbox.backlog()
