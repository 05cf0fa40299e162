"""What the page asks and sends, handed to the desk; the desk's reply, handed to the page. Not here: who may decide, how a card looks."""

import asyncio
from pathlib import Path
from typing import assert_never

from aiohttp import web

from adapters.web import guard
from adapters.web.chat import WebChat
from adapters.web.draw import draw, draw_form
from adapters.web.people import People, Sitting
from handlers import actions, spelling
from handlers.actions import Pressed, Said, Submitted, View
from handlers.cards import Faults, Open, Reply, Say, Whisper
from handlers.desk import Desk
from handlers.people import Address
from handlers.ports import NewId

PAGE = Path(__file__).parent / "page"
BEAT = 15.0  # seconds between signs of life, so that a page that has gone is noticed
LONGEST_ID = 64  # characters of a delivery's id; the page sends 36
VIEWS = {view.value: view for view in View}

READ_ON_CHANGE = {"Cache-Control": "no-cache"}  # the browser keeps the page, and asks whether it is still the same


def attach(app: web.Application, desk: Desk, chat: WebChat, people: People, *, new_id: NewId) -> None:
    """Put the page and its routes on the application; `new_id` makes the references of what breaks."""
    routes = _Routes(desk, chat, people)
    guard.guarded(app, new_id)
    app.add_routes(
        [
            web.get("/", routes.page),
            web.get("/page/{file}", routes.file),
            web.get("/world", routes.world),
            web.get("/thread", routes.thread),
            web.get("/look", routes.look),
            web.get("/events", routes.events),
            web.post("/say", routes.say),
            web.post("/press", routes.press),
            web.post("/submit", routes.submit),
        ]
    )
    app.on_shutdown.append(routes.close)


class _Routes:
    def __init__(self, desk: Desk, chat: WebChat, people: People) -> None:
        self._desk = desk
        self._chat = chat
        self._people = people

    async def page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers=READ_ON_CHANGE)

    async def file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["file"]
        if name not in {path.name for path in PAGE.iterdir()}:
            raise web.HTTPNotFound
        return web.FileResponse(PAGE / name, headers=READ_ON_CHANGE)

    async def world(self, request: web.Request) -> web.Response:
        """The districts to choose from, and who sits where in the chosen one."""
        district = request.query.get("district") or next(iter(self._people.districts), "")
        chairs = {seat: {"name": one.person.name, "part": one.part} for seat, one in (await self._people.everyone(district)).items()}
        if not chairs:
            raise guard.Refused(404, "There is no such district in this rehearsal.")
        districts = [{"key": key, "name": name} for key, name in self._people.districts.items()]
        return web.json_response({"district": district, "districts": districts, "chairs": chairs})

    async def thread(self, request: web.Request) -> web.Response:
        sitting = await self._sitting(request.query.get("district", ""), request.query.get("seat", ""))
        found = await self._chat.thread(sitting.address)
        return web.json_response({"messages": [{"id": message, "html": body, "at": at.isoformat()} for message, body, at in found]})

    async def look(self, request: web.Request) -> web.Response:
        sitting = await self._sitting(request.query.get("district", ""), request.query.get("seat", ""))
        view = VIEWS.get(request.query.get("view", ""))
        if view is None:
            raise guard.Refused(404, "There is no such list.")
        cards = await self._desk.look(view, sitting.person)
        if view is View.inbox and any(isinstance(button.action, actions.Delegate) for card in cards for button in card.buttons):
            cards = (*cards, await self._desk.standing(sitting.person))  # the page has no commands
        return web.json_response({"cards": [draw(card) for card in cards]})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A line whenever the district has news; the page then reads its threads anew, as it does when it connects."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        with self._chat.bell.listening(request.query.get("district", "")) as news:
            await self._ring_through(response, news)
        return response

    async def say(self, request: web.Request) -> web.Response:
        body = await guard.read(request)
        sitting, delivery = await self._sender(body)
        words = guard.text(body, "text").strip()
        if not words:
            raise guard.Refused(400, "Please write a question first.")
        topic = guard.topic(body)
        if topic:
            await self._chat.divide(sitting.address, topic)
        await self._chat.quote(sitting.address, words, f"{delivery}.said")
        reply = await self._desk.hear(Said(words, _thread(sitting.address, topic), delivery), sitting.person)
        return await self._hand_over(reply, sitting)

    async def press(self, request: web.Request) -> web.Response:
        body = await guard.read(request)
        sitting, delivery = await self._sender(body)
        action = _action(body)
        reply = await self._desk.press(Pressed(action, delivery), sitting.person) if action else self._desk.unknown()
        if isinstance(action, actions.Answer) and isinstance(reply, Say):
            await self._quote_choice(action, sitting.address, f"{delivery}.said")
        return await self._hand_over(reply, sitting)

    async def submit(self, request: web.Request) -> web.Response:
        body = await guard.read(request)
        sitting, delivery = await self._sender(body)
        action, values = _action(body), guard.texts(body, "values")
        reply = await self._desk.submit(Submitted(action, values, delivery), sitting.person) if action else self._desk.unknown()
        return await self._hand_over(reply, sitting)

    async def close(self, _: web.Application) -> None:
        self._chat.bell.close()

    async def _hand_over(self, reply: Reply, sitting: Sitting) -> web.Response:
        """Say goes into the thread and stays; everything else is between the sender and this answer."""
        match reply:
            case Say(card, key):
                await self._chat.post(sitting.address, card, key)
                shown: dict[str, object] = {"said": True}
            case Whisper(card):
                shown = {"whisper": draw(card)}
            case Open(form):
                shown = {"form": draw_form(form)}
            case Faults(sentences):
                shown = {"faults": dict(sentences)}
            case _:
                assert_never(reply)
        self._chat.bell.ring(sitting.address.tenant)  # lists may have changed without a word in any thread
        return web.json_response(shown)

    async def _quote_choice(self, action: actions.Answer, by: Address, key: str) -> None:
        """Whoever answers our question with a button has said what stands on it."""
        if words := await self._chat.label(by, action):
            await self._chat.quote(by, words, key)

    async def _sender(self, body: dict[str, object]) -> tuple[Sitting, str]:
        """Who sends, and the delivery's id made unique to her: a seat cannot repeat another's delivery."""
        sitting = await self._sitting(guard.text(body, "district"), guard.text(body, "seat"))
        delivery = guard.text(body, "delivery")
        if not delivery.isprintable() or not 0 < len(delivery) <= LONGEST_ID:
            raise guard.Refused(400, "“delivery” is not an id.")
        return sitting, f"{sitting.person.id}.{delivery}"

    async def _sitting(self, district: str, seat: str) -> Sitting:
        sitting = await self._people.at(district, seat)
        if sitting is None:
            raise guard.Refused(404, "Nobody sits there in this rehearsal.")
        return sitting

    async def _ring_through(self, response: web.StreamResponse, news: asyncio.Event) -> None:
        line = b": connected\n\n"
        try:
            while not self._chat.bell.closed:
                await response.write(line)
                line = await _next(news)
        except ConnectionResetError:
            return  # the page has gone, as pages do


async def _next(news: asyncio.Event) -> bytes:
    try:
        async with asyncio.timeout(BEAT):
            await news.wait()
    except TimeoutError:
        return b": still here\n\n"
    news.clear()
    return b"data: news\n\n"


def _thread(address: Address, topic: int) -> str:
    """A conversation of its own for each topic, so that an old question does not colour a new one."""
    return f"{address.user}#{topic}" if topic else address.user


def _action(body: dict[str, object]) -> actions.Action | None:
    return spelling.read(guard.text(body, "verb"), guard.text(body, "value"))
