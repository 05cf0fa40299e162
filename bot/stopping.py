"""How a process that serves is told to stop: by Ctrl+C, or by whoever looks after processes."""

import asyncio
import contextlib
import signal


async def told_to_stop() -> None:
    """Wait for SIGINT or SIGTERM."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl+C raises there
            loop.add_signal_handler(sign, stop.set)
    await stop.wait()
