"""How far a story has come: each scene is played on a house, through its door. Not here: what people then see, and what is expected."""

from handlers.actions import Action, Approve, Deny, Done, Withdraw
from handlers.kept import Happening
from handlers.people import Person
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.ports import Work
from handlers.workflow.request import Request
from tests.house import House, button, said
from tests.samples import DANA, MAPLE_GROVE, MARIA, RAVI

TEXTING = Facts({Fact.act: "contact", Fact.to: "student", Fact.account: "personal", Fact.activity: "district"})
RELATED = Facts({**TEXTING.known, Fact.tie: "relative"})
LOGO = Facts({Fact.act: "use_mark"})

TEAM = {"students": "Ada Finch\nBo Reyes", "reason": "Bus times change during the day"}
NIECE = {"relationship": "She is my niece"}
SIGN = {"what": "The mascot on a sign", "sure": "yes", "size": "small", "starts": "2026-04-01"}

LETTER_SENT = {"sent_by": "Ngozi Okafor", "sent": "2026-03-02", "activity": "Girls' basketball", "how": "on paper"}
AWARE = {"differs": "yes"}  # she knows that she has asked for the same before

ADDRESS = {"url": "https://texts.example/whitlock"}


async def asks(house: House, facts: Facts = TEXTING, who: Person = DANA, words: str = "May I?") -> Action:
    """Somebody asks, and the answer has the button that opens a form."""
    card = said(await house.says(who, house.means(words, facts)))
    return button(card, "Tell" if facts is RELATED else "Ask for approval")


async def has_sent(house: House, who: Person = DANA) -> Request:
    """Dana has asked to text her team, whatever she has asked for before; the cards are out."""
    await house.sends(who, await asks(house, who=who), TEAM | AWARE)
    await house.post_is_out()
    return await kept(house)


async def has_given_notice(house: House) -> Request:
    """Dana has told the principal of her niece; the cards are out."""
    await house.sends(DANA, await asks(house, RELATED), NIECE)
    await house.post_is_out()
    return await kept(house)


async def one_has_agreed(house: House) -> Request:
    """Maria has agreed, and Ravi has his card."""
    request = await has_sent(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()
    return await kept(house)


async def both_have_agreed(house: House) -> Request:
    """Maria and Ravi have agreed, and the duties are out."""
    request = await one_has_agreed(house)
    await house.presses(RAVI, Approve(request.stages[1].id))
    await house.post_is_out()
    return await kept(house)


async def denies(house: House, request: Request, who: Person = MARIA, stage: int = 0, reason: str = "The team has an app") -> None:
    """Somebody denies, with a reason; the cards are out."""
    await house.sends(who, Deny(request.stages[stage].id), {"reason": reason})
    await house.post_is_out()


async def takes_back(house: House, request: Request) -> None:
    """Dana withdraws; the cards are out."""
    await house.presses(DANA, Withdraw(request.id))
    await house.post_is_out()


async def hands_in(house: House, request: Request, who: Person = DANA) -> None:
    """Dana hands in the address of her page; the cards are out."""
    await house.sends(who, Done(request.duties[1].id), ADDRESS)
    await house.post_is_out()


async def seat(house: House, *people: Person) -> None:
    """From now on these are the people of Maple Grove."""
    await house.store.write(_seat, people)


async def kept(house: House) -> Request:
    """The newest request, as it is kept."""
    requests = await house.store.read(_all)
    return requests[0]


async def all_kept(house: House) -> tuple[Request, ...]:
    """Every request, newest first."""
    return await house.store.read(_all)


async def recorded(house: House, request: Request) -> list[str]:
    """What the record says happened, oldest first."""
    return [happening.what for happening in await lines(house, request)]


async def lines(house: House, request: Request) -> tuple[Happening, ...]:
    """The record's lines, oldest first."""
    return await house.store.read(_record, request)


def _all(work: Work) -> tuple[Request, ...]:
    return work.requests.all(MAPLE_GROVE)


def _record(work: Work, request: Request) -> tuple[Happening, ...]:
    return work.record.of(request.id)


def _seat(work: Work, people: tuple[Person, ...]) -> None:
    work.directory.replace(MAPLE_GROVE, people)
