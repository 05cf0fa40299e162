"""How fast a channel is written to. Not here: writing.

Source: docs.slack.dev/apis/web-api/rate-limits.
"""

import asyncio

BREATH = 1.0  # seconds between two messages to a channel, as Slack asks for
BURST = 4  # messages that may go at once before that
HELD = 60.0  # seconds after a pause that Slack asked for, during which answers keep the pace too


class Pace:
    """A few cards at once, then one a second; answers go at once, unless Slack has asked for a pause."""

    def __init__(self) -> None:
        self._next = self._held_until = 0.0

    async def wait(self, *, at_once: bool) -> None:
        """Wait for the channel's turn."""
        now = asyncio.get_running_loop().time()
        held = now < self._held_until
        turn = max(self._next, now if held else now - (BURST - 1) * BREATH)
        if at_once and not held:
            # Slack took it: however many there were, a card that comes after them waits for a few breaths and no longer.
            self._next = max(self._next, min(turn + BREATH, now + BURST * BREATH))
            return
        self._next = turn + BREATH
        if turn > now:
            await asyncio.sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """Note a pause that Slack asked for; 0 is none."""
        if seconds:
            self._held_until = asyncio.get_running_loop().time() + seconds + HELD
