"""A page on loopback over a real database."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.web.chat import WebChat
from adapters.web.listen import attach
from adapters.web.people import Chair, People
from handlers.desk import Desk
from handlers.people import DistrictKey
from handlers.ports import Store
from storage.work import open_store
from tests.adapters.web.visitor import ScriptedDesk, Visitor
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI

ELSEWHERE = DistrictKey("elm-hollow")  # has a name on the page, and nobody in its directory
CHAIRS = {
    "staff": Chair(DANA.email, "coach"),
    "colleague": Chair(LEE.email, "colleague"),
    "principal": Chair(MARIA.email, "principal"),
    "technology": Chair(RAVI.email, "technology director"),
    "records": Chair(HELEN.email, "superintendent"),
}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'page.db'}", lambda: NOON)
    await opened.write(lambda work: work.directory.replace(MAPLE_GROVE, EVERYBODY))
    yield opened
    await opened.close()


@pytest.fixture
def chat(store: Store) -> WebChat:
    return WebChat(store, lambda: NOON)


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture
async def visitor(store: Store, chat: WebChat, desk: ScriptedDesk) -> AsyncIterator[Visitor]:
    app = web.Application()
    people = People(store, {MAPLE_GROVE: "Maple Grove", ELSEWHERE: "Elm Hollow"}, CHAIRS)
    attach(app, cast("Desk", desk), chat, people, new_id=lambda: "0123456789abcdef")
    async with TestServer(app, host="127.0.0.1") as server, aiohttp.ClientSession() as session:
        yield Visitor(server, session)
