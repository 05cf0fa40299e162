"""What Slack brings at the same time: all of it is acknowledged before the first answer leaves."""

import asyncio
from types import SimpleNamespace
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.listen import Listener
from handlers.cards import Card, Say


async def test_all_that_is_kept_together_is_acknowledged_before_the_first_answer_leaves() -> None:
    happened, kept = list[str](), asyncio.Event()

    async def hear(*_: object) -> Say:
        await kept.wait()
        return Say(Card("You may"), "answer:1")

    async def say(*_: object, **__: object) -> None:
        happened.append("said")

    async def whoever(_: object) -> str:
        return "Dana"

    async def nothing(*_: object) -> None: ...

    desk: Any = SimpleNamespace(hear=hear)
    chat: Any = SimpleNamespace(say=say, agent=SimpleNamespace(entitle=nothing))
    people: Any = SimpleNamespace(at=whoever)
    listener = Listener(desk, people, chat)

    async def brought(number: int) -> None:
        said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "UDANA", "ts": f"{number}.0", "text": "May I?"}
        body = {"event_id": f"E{number}", "team_id": "T1", "event": said}
        await listener.message(body, said, AsyncBoltRequest(body=body, mode="socket_mode"))
        happened.append("acknowledged")

    crowd = [asyncio.create_task(brought(number)) for number in range(8)]
    await asyncio.sleep(0.01)
    kept.set()
    await asyncio.gather(*crowd)
    await listener.close()

    assert happened == ["acknowledged"] * 8 + ["said"] * 8
