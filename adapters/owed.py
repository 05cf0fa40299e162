"""Answers that were kept and perhaps never said, on any platform: how often they are looked for, and which. Not here: saying them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from handlers.trouble import place_of

LOOKS = 2.0  # seconds between two looks
YOUNG = timedelta(seconds=5)  # whoever kept an answer has taken it on by then; of those who look, one may say it
OLDEST = timedelta(hours=1)  # whoever asked before that has asked again
log = logging.getLogger(__name__)


async def keep_looking(look: Callable[[], Awaitable[None]]) -> None:
    """Look until cancelled."""
    while True:
        try:
            await look()
        except Exception as error:  # noqa: BLE001  # whatever broke, the answers are still kept, and looked for again
            log.warning("answers not looked for", extra={"kind": type(error).__name__, "place": place_of(error)})
        await asyncio.sleep(LOOKS)
