"""How long an answer is tried, on any platform: what a person waits for is kept nowhere else. Not here: sending."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)

WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, *(60.0,) * 60)  # seconds between attempts, for an hour


async def patiently(call: Callable[[], Awaitable[Any]]) -> bool:
    """Say whether it arrived in the end; waits out whatever passes."""
    for wait in WAITS:
        try:
            await call()
        except CannotDeliver as why:
            if why.permanent:
                log.warning("answer not delivered: %s", why)
                return False
            await asyncio.sleep(why.after if why.after is not None else max(why.rest, wait))
        else:
            return True
    log.error("answer given up: the platform has been away too long")
    return False
