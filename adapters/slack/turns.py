"""What is done with what was said, pressed and sent in Slack: who it was, what the desk says to it. Not here: Slack's deadlines."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from weakref import WeakValueDictionary

from adapters.slack import modal, noted
from adapters.slack.chat import SlackChat
from adapters.slack.draw import Json
from adapters.slack.hands import Hands, card_of
from adapters.slack.home import home
from adapters.slack.memory import forget_some
from adapters.slack.payload import us
from adapters.slack.people import Sender, SlackPeople
from adapters.slack.place import Place
from adapters.slack.turning import PACKS_OWN
from adapters.slack.words import said
from handlers import actions, spelling
from handlers.actions import Pressed, Said, Submitted, View
from handlers.cards import Faults, Open, Reply, Say, Whisper
from handlers.changing import AnswerMore, ApproveChanged, AskMore, Correct, Renew, Revoke, TakeOut
from handlers.desk import Desk
from handlers.people import Person
from handlers.ports import CannotDeliver
from handlers.trouble import place_of

PROMPT = 1.2  # seconds until a form that is not ready yet gets a modal that says so: a trigger lives for three
REQUEST, DELEGATE, LISTS = "request", "delegate", {"mine": View.mine, "inbox": View.inbox}
FORMS = (
    *(actions.Request, actions.Begin, actions.Deny, actions.Done, actions.Unhelpful),
    *(actions.Delegate, actions.Reassign, actions.NameStandIn),
    *(ApproveChanged, AskMore, AnswerMore, Revoke, Renew, Correct, TakeOut),
)  # what opens a form, or may
MOST_LOOKS, CONFLICT = 3, "hash_conflict"
log = logging.getLogger(__name__)


class Turns:
    """One thing said, pressed or sent at a time; each may take as long as it takes."""

    def __init__(self, desk: Desk, people: SlackPeople, chat: SlackChat, hands: Hands) -> None:
        self._desk, self._people, self._chat, self._hands = desk, people, chat, hands
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._homes: dict[str, tuple[Sender, str]] = {}  # by user: who it is, and which view is there

    async def heard(self, body: Json, event: Json, place: Place, sender: Sender) -> Reply:
        """Answer words; two messages of one thread in their order, for the second builds on the first."""
        words = said(event.get("text", ""), us(body))
        async with self._turn(f"{place.channel}:{place.thread}:{sender.user}"):
            person = await self._people.at(sender)
            if person is None:
                return await self._stranger(sender)
            if words.casefold() in ("", "help"):
                return Say(card_of(self._desk.help()), f"help:{body['event_id']}")
            if words.casefold() == DELEGATE and place.is_direct:
                return Say(await self._desk.standing(person), f"{DELEGATE}:{body['event_id']}")
            return await self._desk.hear(Said(words, f"{place.channel}:{place.thread}", body["event_id"], claim=noted.SAID), person)

    async def command(self, body: Json, place: Place, sender: Sender) -> None:
        """Do what a command says."""
        verb, _, rest = said(body.get("text", "")).partition(" ")
        if verb == REQUEST:
            await self.begin(body["trigger_id"], place, sender)
        elif (person := await self._people.at(sender)) is None:
            await self._hands.whisper(await self._stranger(sender), place, sender)
        elif verb in LISTS:
            await self._list(LISTS[verb], person, place, sender)
        elif verb == DELEGATE:
            await self._opening(asyncio.ensure_future(self._naming(person, body["trigger_id"])), body["trigger_id"], place, sender)
        elif verb == "ask" and rest.strip():
            await self.ask_privately(rest, place, sender, body["trigger_id"])
        else:
            await self._hands.whisper(self._desk.help(), place, sender)

    async def begin(self, trigger: str, place: Place, sender: Sender) -> None:
        """Let somebody say what she wants, or choose what she may start."""
        await self._opening(asyncio.ensure_future(self._beginning(trigger, sender)), trigger, place, sender)

    async def _beginning(self, trigger: str, sender: Sender) -> Reply:
        person = await self._people.at(sender)
        wanted = Pressed(actions.Begin(actions.EVERYTHING), trigger)
        return await self._desk.press(wanted, person) if person else await self._stranger(sender)

    async def _list(self, view: View, person: Person, place: Place, sender: Sender) -> None:
        for card in await self._desk.look(view, person) or (card_of(self._desk.nothing(view)),):
            await self._chat.whisper(place, sender.user, card)

    async def ask_privately(self, words: str, place: Place, sender: Sender, delivery: str) -> None:
        """Answer a question of its own, for the person alone."""
        person = await self._people.at(sender)
        asking = self._desk.hear(Said(words, f"alone:{delivery}", delivery), person) if person else self._stranger(sender)
        await self._hands.whisper(await asking, place, sender)

    async def pressed(self, action: Json, trigger: str, sender: Sender) -> Reply:
        """Do what a button says."""
        wanted, person = _meant(action), await self._people.at(sender)
        if person is None:
            return await self._stranger(sender)
        return await self._desk.press(Pressed(wanted, trigger), person) if wanted else self._desk.unknown()

    async def follow(self, working: asyncio.Future[Reply], action: Json, trigger: str, place: Place, sender: Sender) -> None:
        """Show what comes of a press; a form that is not ready by now gets a modal that says so."""
        if opens_a_form(action):
            await self._opening(working, trigger, place, sender, within=0)
        else:
            await self._hands.over(await working, place, sender, trigger)

    async def _opening(self, working: asyncio.Future[Reply], trigger: str, place: Place, sender: Sender, *, within: float = PROMPT) -> None:
        if (await asyncio.wait({working}, timeout=within))[0]:
            await self._hands.over(await working, place, sender, trigger)
            return
        try:
            view = await self._hands.wait(trigger)
        except CannotDeliver:  # too late even for that: what came of it is told all the same
            reply = await working
            await self._hands.whisper(self._desk.too_slow() if isinstance(reply, Open) else reply, place, sender)
        else:
            await self._hands.into(working, view, place, sender)

    async def _naming(self, person: Person, trigger: str) -> Reply:
        """Open the form that names a stand-in; where there is one already, say who it is, with the ways to change it."""
        standing = await self._desk.standing(person)
        match standing.buttons:
            case [only]:
                return await self._desk.press(Pressed(only.action, trigger), person)
            case _:
                return Whisper(standing)

    async def _stranger(self, sender: Sender) -> Reply:
        return self._desk.stranger(await self._people.perhaps(sender))

    @contextlib.asynccontextmanager
    async def _turn(self, conversation: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())  # gone as soon as nobody holds it
        async with lock:
            yield

    async def sent(self, view: Json, sender: Sender) -> Reply:
        """Never raises: Slack waits for an answer."""
        (action, values, _), delivery = modal.sent(view), view["id"]
        try:
            person = await self._people.at(sender)
            if action is None or person is None:
                return self._desk.unknown() if person else await self._stranger(sender)
            reply = await self._desk.submit(Submitted(action, values, f"{delivery}.sent"), person)
            return await self._with_what_is_hidden(reply, Pressed(action, f"{delivery}.shown"), values, person)
        except Exception as error:  # noqa: BLE001  # whatever it is, a person gets a sentence and we get the place
            return self.broke(error)

    async def _with_what_is_hidden(self, reply: Reply, pressed: Pressed, values: dict[str, str], person: Person) -> Reply:
        """Where a fault lies in a field that the modal does not show, return the form that shows it: Slack has no place for it."""
        if not (isinstance(reply, Faults) and isinstance(pressed.action, PACKS_OWN)) or dict(reply.sentences).keys() <= values.keys():
            return reply
        anew = await self._desk.press(pressed, person)
        return Open(anew.form.filled(values)) if isinstance(anew, Open) else anew

    async def show_home(self, sender: Sender) -> None:
        """Publish the person's home tab; where another one came in between, look again, so that the newest stays."""
        for _ in range(MOST_LOOKS):
            kept = self._homes.get(sender.user)
            person = await self._people.at(sender)
            if person is None:
                return
            view = home(await self._desk.home(person))
            try:
                answer = await self._chat.call("views.publish", user_id=sender.user, view=view, **({"hash": kept[1]} if kept else {}))
            except CannotDeliver as why:
                if CONFLICT not in str(why):
                    log.warning("home tab not drawn: %s", why)
                    return
                self._homes.pop(sender.user, None)
            else:
                forget_some(self._homes)
                self._homes[sender.user] = sender, str(answer["view"]["hash"])
                return

    async def suggest(self, channel: str) -> None:
        """Offer what can be asked, where the workspace shows it."""
        await self._chat.agent.suggest(channel, self._desk.prompts())

    def whose_home(self, user: str) -> Sender | None:
        """Return who that is, if the person has opened the home tab: only then is it kept up to date."""
        kept = self._homes.get(user)
        return kept[0] if kept else None

    def broke(self, error: BaseException) -> Reply:
        """Say that it is our fault. The error's own words may quote what a person wrote: the log gets its kind and its place."""
        log.error("what came from Slack broke", extra={"kind": type(error).__name__, "place": place_of(error)})
        return self._desk.broke()


def opens_a_form(action: Json) -> bool:
    """Say whether a press may open one, which has to come up within the trigger's three seconds."""
    return isinstance(_meant(action), FORMS)


def _meant(action: Json) -> actions.Action | None:
    return spelling.read(action["action_id"].partition(".")[0], action.get("value", ""))
