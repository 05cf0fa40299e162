"""What is said of what could not be delivered: to those who look after Hallpass, to whom a duty is passed on to, in the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.cards import Card, Facts, Note, Text, Tone
from handlers.ids import DutyId, StageId
from handlers.obstacles import Obstacle
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import duties, earlier, terms
from handlers.workflow.request import Duty, Request

People = Mapping[PersonId, Person]

CHANNEL, NOBODY = "channel", "nobody"  # what else an administrator is told of, besides one reader
DIRECTORY = "Correct the directory file and run “hallpass people import”."

OBSTACLES: Mapping[Obstacle, tuple[str, str]] = {
    Obstacle.deactivated: ("The account is deactivated.", f"Have it reactivated, or take the person out. {DIRECTORY}"),
    Obstacle.unknown: ("The chat platform knows no such account.", f"The ids in the directory may be wrong. {DIRECTORY}"),
    Obstacle.forbidden: ("A rule of the workspace forbids it.", "Ask whoever administers the workspace to let Hallpass write there."),
    Obstacle.closed: ("The conversation is archived or gone.", "Open it again, or name another one."),
    Obstacle.uninvited: ("Hallpass is not a member of the conversation.", "Invite Hallpass to it."),
    Obstacle.vanished: ("The message can no longer be changed.", "Tell them how things stand."),
    Obstacle.refused: ("The chat platform did not take the message.", "The log has its reason: please report it."),
    Obstacle.nowhere: (
        "There is no account of theirs on a platform that Hallpass serves.",
        "Have them write to Hallpass, then confirm who they are with “hallpass people bind”.",
    ),
    Obstacle.left: ("They are no longer in the directory.", "Tell whoever has taken their place."),
    Obstacle.broken: ("Something broke on our side.", "The log has the place: please report it."),
    Obstacle.uninstalled: (
        "They have not added Hallpass to their own chats, or have blocked it.",
        "Have them add it. Whoever administers the chat platform can add it for everybody.",
    ),
}
AGAIN = "When that is mended, “hallpass outbox retry” sends what is waiting; “hallpass outbox list” shows all of it."
OURS = "You are told because you look after Hallpass (district setting)."


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an administrator is told of: `what` is an obstacle or one of the words above, `whom` a reader or a stage or duty."""

    what: str
    day: str  # told once a day
    whom: str
    why: str = ""  # the obstacle, of a channel

    def __str__(self) -> str:
        """Return how it is kept; only `whom`, the last, may hold a colon."""
        return f"{self.what}:{self.day}:{self.why}:{self.whom}"

    @classmethod
    def read(cls, text: str) -> "Trouble":
        """Return what was kept so."""
        what, day, why, whom = text.split(":", 3)
        return cls(what, day, whom, why)


def undelivered(about: str, request: Request, pack: Pack, known: People) -> Card:
    """Return the card of those who look after Hallpass. It names no student and nothing that was asked for."""
    trouble = Trouble.read(about)
    if trouble.what == NOBODY:
        return _nobody(trouble, request, pack, known)
    if trouble.what == CHANNEL:
        return _channel(Obstacle(trouble.why), request, pack)
    why, todo = OBSTACLES[Obstacle(trouble.what)]
    reader = PersonId(trouble.whom)
    mail = f" ({known[reader].email})" if reader in known else ""
    rows = (("To", f"{terms.capital(terms.name(reader, known))}{mail}"), ("Why", why), *_about(request, pack), ("What to do", todo))
    return _told("A message could not be delivered", rows, AGAIN)


def channel_said(day: str, obstacle: Obstacle) -> str:
    """Return what the command line says of the technology department's channel."""
    why, todo = OBSTACLES[obstacle]
    return f"the technology department's channel could not be written to on {day}, each member got a copy: {why} {todo}"


def passed_on(request: Request, duty: Duty, pack: Pack, known: People) -> Card:
    """Return the card of whoever gets a duty because nobody who owed it could be reached."""
    card = duties.to_do(request, duty, pack, known)
    last = pack.settings.fallback
    missed = [owner for owner in duty.owners if owner not in known or last not in known[owner].roles]
    if duty.done_by is not None or not missed:
        return card
    title = f"Could not be reached: {terms.capital(terms.joined(terms.name(one, known) for one in missed))}"
    asked = Text(f"What they have to do: “{duty.what}”. Please tell them, or do it yourself.")
    ours = Note(f"It goes to {terms.of_her(last)} because nobody else is left (district setting).")
    return replace(card, title=title, blocks=(asked, *card.blocks, ours), summary=title)


def rerouted(to: Iterable[PersonId], missed: Iterable[PersonId], known: People) -> str:
    """Return what the record says after “Hallpass”; written once, read for good."""
    gone = terms.joined(dict.fromkeys(terms.name(one, known) for one in missed))
    return f"passed it on to {terms.joined(terms.name(one, known) for one in to)}, because {gone} could not be reached"


def _nobody(trouble: Trouble, request: Request, pack: Pack, known: People) -> Card:
    stage, duty = request.stage(StageId(trouble.whom)), request.duty(DutyId(trouble.whom))
    people = stage.people if stage else duty.owners if duty else ()
    rows = (("Not reached", terms.joined(terms.name(one, known) for one in people) or "nobody is left"), *_about(request, pack))
    todo = ("What to do", f"Give somebody who can be reached the role, or bind their account. {DIRECTORY}")
    title = "Nobody can be reached who may decide a request" if stage else "Nobody can be reached for what has to be done"
    return _told(title, (*rows, todo), AGAIN)


def _channel(obstacle: Obstacle, request: Request, pack: Pack) -> Card:
    why, todo = OBSTACLES[obstacle]
    rows = (("Why", why), *_about(request, pack), ("What to do", todo))
    return _told("The technology department’s channel cannot be written to", rows, "Until then each member gets a copy in direct messages.")


def _about(request: Request, pack: Pack) -> tuple[tuple[str, str], ...]:
    return (("About", earlier.process(request, pack).title), ("Request", request.id))


def _told(title: str, rows: tuple[tuple[str, str], ...], more: str) -> Card:
    return Card(title, (Facts(rows), Note(more), Note(OURS)), tone=Tone.warn, summary=title)
