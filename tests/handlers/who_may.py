"""Who may press what, when: the table of who_may.csv as cells, and a house in each of the states that it names. Not here: pressing."""

import itertools
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from handlers.actions import Action, Approve, Delegate, Deny, Done, NameStandIn, Reassign, Take, Withdraw
from handlers.changing import ApproveChanged, AskMore, Revoke
from handlers.people import DistrictKey, Person, Role, Seat
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.spelling import ANSWER, VERBS
from handlers.workflow.request import Request
from storage.packs import DiskPacks
from tests.handlers.conftest import PACKS, a_house
from tests.house import House, button, said
from tests.samples import DANA, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, RAVI, SCHOOL, a_person
from tests.scenes import ADDRESS, NIECE, RELATED, TEAM, asks, kept, seat

TABLE = Path(__file__).with_name("who_may.csv")
PAGE = Path(__file__).parents[2] / ".github" / "AUTHORITY.md"

ELSEWHERE = DistrictKey("oak-hill")
PRINCIPAL = Seat(Role.building_principal, SCHOOL)
ADA = a_person("ada", "Ada Lindqvist", PRINCIPAL)
GRACE = a_person("grace", "Grace Moreau", PRINCIPAL)
BO = a_person("bo", "Bo Winters", Seat(Role.assistant_principal, SCHOOL))
PEOPLE: Mapping[str, Person] = {
    "requester": DANA,
    "principal": replace(MARIA, seats=(PRINCIPAL,)),
    "co-principal": ADA,
    "technology": replace(RAVI, seats=(Seat(Role.technology_department),)),
    "fallback": replace(HELEN, seats=(Seat(Role.superintendent),)),
    "keeper": a_person("kim", "Kim Aldous", Seat(Role.records_officer)),
    "elsewhere": a_person("ivo", "Ivo Sanders", Seat(Role.building_principal, "Elm Street School")),
    "stand-in": NGOZI,
    "delegate": BO,
    "left": GRACE,  # was a principal when the request was sent
    "director": a_person("uma", "Uma Castell", Seat(Role.technology_director)),
    "colleague": LEE,
    "outsider": replace(a_person("otto", "Otto Brandt", PRINCIPAL), district=ELSEWHERE),
}
HERE = [one for name, one in PEOPLE.items() if name not in {"left", "outsider"}]

# What a refusal's title means in the table; whatever else is replied was done, or opened its form.
SAID = {
    "I cannot find that for you.": "unknown",
    "This is not yours.": "not",
    "Nobody decides their own request.": "own",
    "It is not your turn yet.": "early",
    "Two different people have to agree.": "twice",
    "This one was already answered.": "answered",
    "This one is closed.": "closed",
    "There is no permission yet.": "none",
    "This is already done.": "done",
    "Somebody else works on this.": "taken",
    "That answer is no longer open.": "old",
    "Nobody stands in for you any more.": "nobody",
    "It is too late to correct this.": "late",
    "There is nobody to hand this to.": "alone",
    "This is still to be done.": "open",
    "You cannot start this.": "start",
    "This is with somebody else now.": "gone",
}
# What a form is sent with; a verb that is not here is pressed, and has no form.
FORMS: Mapping[str, Mapping[str, str]] = {
    "request": TEAM,
    "deny": {"reason": "No"},
    "approve_changed": {"conditions": "Only this"},
    "delegate": {"person": HELEN.id},
    "delegate_away": {"person": HELEN.id, "reason": "Hers"},
    "request_more": {"question": "Which?"},
    "answer_more": {"reply": "This"},
    "revoke": {"reason": "Because"},
    "renew": TEAM,
    "withdraw_student": {"student": "0.1", "left": "school"},
    "delegate_name": {"person": ADA.id, "starts": "2026-03-12", "ends": "2026-03-13"},
    "done": {"evidence": "2026-03-01"},
    "unhelpful": {},
    "request_new": {"person": DANA.id, "what": "The bus broke down"},
    "request_correct": TEAM | {"reason": "Rides"},
    "take_handover": {"person": ADA.id},
    "done_reopen": {"reason": "Not yet"},
    "answer_moved": ADDRESS,
    "done_checked": {"note": "All in order"},
}
REGISTER = ("answer_used", "answer_closed", "answer_moved", "done_checked")  # which are about a channel


@dataclass(frozen=True)
class Cell:
    """What comes of it when somebody presses something in a state; with a `!` the record keeps that they tried."""

    verb: str
    about: str
    state: str
    who: str
    expected: str


def cells() -> Iterator[Cell]:
    """Yield every cell of the table."""
    people, *rows = lines()
    for press, states, *expected in rows:
        *verbs, about = press.split() if "@" in press else [*press.split(), ""]
        for verb, state in itertools.product(verbs, STATES if states == "*" else states.split()):
            yield from (Cell(verb, about, state, who, what) for who, what in zip(people[2:], expected, strict=True))


def form_of(cell: Cell) -> dict[str, str]:
    """Return what its form is sent with: nobody hands a duty over to herself."""
    other = {"person": MARIA.id} if (cell.verb, cell.who) == ("take_handover", "co-principal") else {}
    return {**FORMS[cell.verb], **other}


def lines() -> list[list[str]]:
    """Return the table's lines without its comments, the first of them its head."""
    found = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [[cell.strip() for cell in line.split(",")] for line in found]


def page() -> str:
    """Return the table as a page."""
    head, *_ = lines()
    yields = ["# Who may do what, when", "", *INTRO]
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("#"):
            yields += ["", line[2:], "", f"| {' | '.join(head)} |", f"| {' | '.join(['---'] * len(head))} |"]
        else:
            yields.append(f"| {' | '.join(cell.strip() for cell in line.split(','))} |")
    return "\n".join(yields) + "\n"


INTRO = (
    "Made by `make rows` from `tests/handlers/who_may.csv`; a test presses every cell of it on a real database. `yes`: it is done, or its",
    "form opens. Anything else is refused with a sentence, and changes nothing:",
    "",
    *(f"- `{word}`: “{title}”" for title, word in SAID.items()),
    "",
    "With `!` the record keeps that they tried. `@1` and `@2` are the stages, `@copy` and `@parents` two duties: the requester's, and the",
    "principals'. The requester asked for what two stages decide; the principal agreed first. `left` was a principal when it was sent.",
    "In `given` the principal gave the first stage to `elsewhere`, who has it alone since.",
)


@dataclass
class Place:
    """A house in one state, and what its buttons are about."""

    house: House
    database: Path
    request: Request
    answer: Action  # which opens the form
    choice: Action  # of the bot's own question
    stand_in: Action  # ends it
    watching: sqlite3.Connection = field(init=False)
    before: list[tuple[object, ...]] = field(init=False)
    version: int = field(init=False)

    def action(self, verb: str, about: str) -> Action:
        """Return the press of that verb about that thing of the request."""
        if verb in {ANSWER, "delegate_end"}:
            return self.choice if verb == ANSWER else self.stand_in
        return VERBS[verb](self._id(verb, about))

    def _id(self, verb: str, about: str) -> str:
        request = self.request
        if about.startswith("@"):
            duties = {duty.key: duty.id for duty in request.duties}
            stages = {str(number): stage.id for number, stage in enumerate(request.stages, 1)}
            return {**stages, **duties}.get(about[1:], about[1:])  # what is begun has its process's name
        ids = {
            "answer_more": next((question.id for question in request.questions), ""),
            "delegate_name": MARIA.id,
            **dict.fromkeys(REGISTER, f"{request.id}.c"),
            **dict.fromkeys(("request", "helpful", "unhelpful"), getattr(self.answer, "answer", "")),
        }
        return ids.get(verb, request.id)

    def keeps(self) -> None:
        """Remember this state, to come back to it."""
        self.watching = sqlite3.connect(self.database)
        self.before = self.rows()
        with closing(sqlite3.connect(self._aside)) as aside:
            self.watching.backup(aside)
        self.version = self._version()

    def changed(self) -> bool:
        """Say whether anybody has written anything since."""
        return self._version() != self.version

    def comes_back(self) -> None:
        """Put everything back as it was kept."""
        with closing(sqlite3.connect(self._aside)) as aside, closing(sqlite3.connect(self.database)) as now:
            aside.backup(now)
        self.version = self._version()

    def rows(self) -> list[tuple[object, ...]]:
        """Everything that is kept, but for which deliveries were seen, and what proves the record."""
        names = self.watching.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        ours = [name for (name,) in names if name not in {"inbox", "links", "chains"} and not name.startswith("sqlite_")]
        return [(name, *row) for name in ours for row in self.watching.execute(f"SELECT * FROM {name}")]  # noqa: S608

    def _version(self) -> int:
        return int(self.watching.execute("PRAGMA data_version").fetchone()[0])

    @property
    def _aside(self) -> Path:
        return self.database.with_name("aside.db")


@asynccontextmanager
async def a_place(folder: Path, state: str) -> AsyncIterator[Place]:
    """A house whose one request stands in this state; somebody stands in for the principal, and somebody was asked by name."""
    for district in (MAPLE_GROVE, ELSEWHERE):
        shutil.copytree(PACKS / MAPLE_GROVE, folder / "packs" / district)
    async with a_house(folder, packs=DiskPacks(folder / "packs"), people=(*HERE, GRACE)) as house:
        answer, choice = await asks(house), await _question(house)
        request = await _notice(house) if state == "notice" else await _sent(house, answer)
        await seat(house, *HERE)
        await STATES[state](house, request, folder / "house.db")
        stand_in = button(await house.desk.standing(PEOPLE["principal"]), "End")
        place = Place(house, folder / "house.db", await kept(house), answer, choice, stand_in)
        await house.post_is_out()
        place.keeps()
        yield place
        place.watching.close()


async def _question(house: House) -> Action:
    facts = Facts({Fact.act: "contact", Fact.to: "student"})
    return said(await house.says(DANA, house.means("Can I write to a student?", facts), "t2")).buttons[0].action


async def _notice(house: House) -> Request:
    await _away(house)
    await house.sends(DANA, await asks(house, RELATED), NIECE)
    return await kept(house)


async def _sent(house: House, answer: Action) -> Request:
    """Dana has sent it; the principal has asked her something, and asked somebody else to decide, too."""
    await house.sends(DANA, answer, TEAM)
    request = await kept(house)
    first = request.stages[0].id
    await _away(house)
    await house.sends(MARIA, AskMore(first), {"question": "Which days?"})
    await house.sends(MARIA, Delegate(first), {"person": BO.id})
    return request


async def _away(house: House) -> None:
    await house.sends(MARIA, NameStandIn(MARIA.id), {"person": NGOZI.id, "starts": "2026-03-02", "ends": "2026-03-13"})


# The states, each played from a request that was sent


async def _first(house: House, request: Request, database: Path) -> None:
    """Nothing has been decided."""


async def _given(house: House, request: Request, database: Path) -> None:
    """The principal gave the first stage to another school's."""
    await house.sends(MARIA, Reassign(request.stages[0].id), {"person": PEOPLE["elsewhere"].id, "reason": "His team"})


async def _second(house: House, request: Request, database: Path) -> None:
    await house.presses(MARIA, Approve(request.stages[0].id))


async def _denied(house: House, request: Request, database: Path) -> None:
    await house.sends(MARIA, Deny(request.stages[0].id), {"reason": "The team has an app"})


async def _withdrawn(house: House, request: Request, database: Path) -> None:
    await house.presses(DANA, Withdraw(request.id))


async def _lapsed(house: House, request: Request, database: Path) -> None:
    """As a request is kept that nobody answered in the district's time."""
    with closing(sqlite3.connect(database)) as rows, rows:
        rows.execute("UPDATE requests SET status = 'lapsed'")
        rows.execute("UPDATE stages SET status = 'closed'")


async def _approved(house: House, request: Request, database: Path) -> None:
    await _second(house, request, database)
    await house.presses(RAVI, Approve(request.stages[1].id))


async def _taken(house: House, request: Request, database: Path) -> None:
    await _approved(house, request, database)
    await house.presses(ADA, Take((await kept(house)).duties[2].id))


async def _done(house: House, request: Request, database: Path) -> None:
    await _approved(house, request, database)
    copy, address, parents = (await kept(house)).duties
    await house.presses(DANA, Done(copy.id))
    await house.sends(DANA, Done(address.id), ADDRESS)
    await house.sends(MARIA, Done(parents.id), {"evidence": "2026-03-01"})


async def _ended(house: House, request: Request, database: Path) -> None:
    await _approved(house, request, database)
    await house.presses(DANA, Withdraw(request.id))


async def _over(house: House, request: Request, database: Path) -> None:
    await _second(house, request, database)
    await house.sends(RAVI, ApproveChanged(request.stages[1].id), {"ends": "2026-03-05", "conditions": "Until Thursday"})
    house.waits_until(datetime(2026, 3, 9, 12, 0, tzinfo=UTC))


async def _revoked(house: House, request: Request, database: Path) -> None:
    await _approved(house, request, database)
    await house.sends(MARIA, Revoke(request.id), {"reason": "The number was passed on"})


STATES: Mapping[str, Callable[[House, Request, Path], Awaitable[None]]] = {
    "first": _first,
    "given": _given,
    "second": _second,
    "denied": _denied,
    "withdrawn": _withdrawn,
    "lapsed": _lapsed,
    "approved": _approved,
    "taken": _taken,
    "done": _done,
    "ended": _ended,
    "over": _over,
    "revoked": _revoked,
    "notice": _first,
}

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
