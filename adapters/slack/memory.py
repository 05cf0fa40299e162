"""What is remembered of many users and channels, within bounds. Not here: what it is."""

from typing import Any

MOST = 10_000  # entries


def forget_some(kept: dict[Any, Any]) -> None:
    """Let the older half go where there are too many: it is learnt again when it is needed."""
    if len(kept) >= MOST:
        for key in list(kept)[: MOST // 2]:
            del kept[key]
