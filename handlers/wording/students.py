"""What is said of a student who has left: the form, its receipt, what stands on every private card, and what the record keeps, nameless."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.cards import Block, Button, Card, Facts, Form, Text, Tone
from handlers.changing import TakeOut
from handlers.people import Person, PersonId
from handlers.policy.facts import Facts as Situation
from handlers.policy.forms import Asked
from handlers.policy.pack import Pack
from handlers.policy.roll import Named, named
from handlers.wording import earlier, forms, terms
from handlers.workflow.request import Request, Status
from handlers.workflow.said import Departure, Left
from handlers.workflow.students import LAST, TakenOut

People = Mapping[PersonId, Person]

STUDENT, LEFT = "student", "left"
MOST = 100  # Slack: options of a select; whoever is named further on is offered once somebody is out
TRIED = "tried to take a student out"
WHAT = {Left.activity: "the class or activity", Left.school: "the school"}


def buttons(request: Request, pack: Pack) -> tuple[Button, ...]:
    """Return the button of a permission that names several students, or did."""
    process = pack.processes.get(request.process)
    if request.status is not Status.approved or process is None:
        return ()
    several = len(named(process.fields, request.fields)) > 1 or request.departures
    return (Button("Take a student out", TakeOut(request.id)),) if several else ()


def asked(request: Request, students: Sequence[Named]) -> tuple[Asked, Asked]:
    """Return what the form asks; an answer says which of them, and of which edition of the list, but no name."""
    options = tuple(f"{len(request.departures)}.{at}" for at in range(len(students[:MOST])))
    who = Asked(name=STUDENT, label="Which student has left", kind="choice", options=options)
    return who, Asked(name=LEFT, label="What the student has left", kind="choice", options=tuple(Left))


def form(request: Request, students: Sequence[Named]) -> Form:
    """Return the form that takes a student out."""
    who, what = (forms.an_input(one, Situation()) for one in asked(request, students))
    names = tuple(one.name for one in students[:MOST])
    fields = (replace(who, labels=names), replace(what, labels=tuple(WHAT.values())))
    text = Text("The permission goes on for the others, and everybody who was told of it is told. Without anybody else it ends.")
    return Form("Take a student out", TakeOut(request.id), fields, (text,), send="Take out")


def receipt(done: TakenOut) -> Card:
    """Return what is read at once by whoever took the student out."""
    title = "Taken out."
    goes_on = "The permission goes on for the others." if done.others else "Nobody else is named: the permission has ended."
    return Card(title, (Text(f"{goes_on} Everybody who was told of it is being told."),), tone=Tone.good, summary=title)


def nobody() -> Card:
    """Return the sentence for a permission in which no student is named."""
    title = "No student is named here."
    text = Text("To end the whole permission, give it back, or have it revoked. Nothing was changed.")
    return Card(title, (text,), tone=Tone.warn, summary=title)


def left(about: str, request: Request, pack: Pack, known: People) -> Card:
    """Return what is told to the others; the name stands below the title, which a locked screen shows."""
    title = f"A student has left: “{earlier.process(request, pack).title}”"
    one = request.departures[int(about.rpartition(":")[2]) - 1]
    return Card(title, (_rows(one, known), Text(_since(request))), summary=title)


def shown(departures: Sequence[Departure], known: People) -> Iterator[Block]:
    """Yield who has left, and since when."""
    yield from (_rows(one, known) for one in departures)


def recorded(what: Left, others: int) -> str:
    """Return the detail of the record's line: no name, which stays sealed beside the request."""
    rest = f"still for {others}" if others else "it named nobody else, and so ended"
    return f"took out a student who has left {WHAT[what]}: {rest}"


def _rows(one: Departure, known: People) -> Facts:
    who = ("Student", f"{one.name}, who has left {WHAT[one.left]}")
    return Facts((("Taken out on", one.at), who, ("By", terms.name(one.by, known))))


def _since(request: Request) -> str:
    if request.status is Status.approved:
        return "The permission goes on for the others."
    return "Nobody else was named: the permission has ended." if request.why_stopped == LAST else "The permission is over by now."
