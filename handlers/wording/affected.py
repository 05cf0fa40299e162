"""What is said of a request that today's rules no longer support: to those who have to know, in the record, on the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from handlers.cards import Button, Card, Listing, Note, Text, Tone
from handlers.ids import RequestId
from handlers.people import Person, PersonId
from handlers.policy.fields import check
from handlers.policy.pack import Pack, Ruling
from handlers.wording import earlier, permissions, terms
from handlers.workflow.request import Request, Status

People = Mapping[PersonId, Person]

OTHER_FORM = "form"  # what a verdict leads to, besides a ruling
RULINGS: Mapping[str, str] = {
    Ruling.allowed: "it is allowed without a request",
    Ruling.prohibited: "it is not allowed",
    Ruling.needs_approval: "it needs approval",
    Ruling.must_act: "there is something that has to be done",
    Ruling.discouraged: "it is discouraged",
    Ruling.information: "the policy only explains",
    Ruling.not_covered: "the policy does not say",
    Ruling.unclear: "one more fact, or a person, would have to decide",
    OTHER_FORM: "another form is the right one",
}


PARTS: Mapping[str, str] = {"requester": "who asked", "decider": "who decides or decided", "duty": "who still has a duty"}


class Why(StrEnum):
    """What speaks against a request under rules that came after it; the value is stored."""

    process = "process"  # there is no such form
    rule = "rule"  # its rule is gone
    kind = "kind"  # a permission became a notice, or the other way round
    deciders = "deciders"  # others decide, or in another order
    fields = "fields"  # the form asks for what was not asked then, or offers a choice no more
    words = "words"  # a rule behind it says something else, or stands elsewhere
    verdict = "verdict"  # the same situation is judged otherwise


@dataclass(frozen=True, slots=True)
class Affects:
    """One of these, and of a verdict what it comes to now."""

    why: Why
    now: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Which request, under which version of the rules, and what speaks against it: kept with the card, which tells of that version."""

    request: RequestId
    version: str
    whys: tuple[Affects, ...]

    def __str__(self) -> str:
        """Return how it is kept."""
        return f"{self.request}:{self.version[:16]}:{','.join(f'{one.why}={one.now}' for one in self.whys)}"

    @classmethod
    def read(cls, text: str) -> "About":
        """Return what was kept so."""
        request, version, whys = text.split(":", 2)
        parted = (one.partition("=") for one in whys.split(","))
        return cls(RequestId(request), version, tuple(Affects(Why(why), now) for why, _, now in parted))


def affected(about: str, request: Request, pack: Pack, known: People, reader: PersonId) -> Card:
    """Return the card of somebody who has to know; what can be done about it stands on it, and nobody has to."""
    process = earlier.process(request, pack)
    title = f"The rules have changed since: “{process.title}”"
    whose = terms.name(request.requester, known)
    said = tuple(sentence(one, request, pack) for one in About.read(about).whys)
    what = "Your request was" if reader == request.requester else f"The request of {whose} was"
    blocks = (
        Text(f"{what} made under earlier rules. Today's no longer support it as it is."),
        Listing("What has changed", said),
        *permissions.stopped(request, known),
        Text(_then(request)),
        Note(f"{pack.policy}, {pack.dates}."),
    )
    return Card(title, blocks, _buttons(request, pack, known, reader), Tone.warn, title)


def sentence(affects: Affects, request: Request, pack: Pack) -> str:
    """Return in one sentence what has changed for this request."""
    process = earlier.process(request, pack)
    match affects.why:
        case Why.process:
            return "There is no such form any more."
        case Why.rule:
            return "The rule that it rests on is no longer there."
        case Why.kind:
            return "It needs somebody's approval now." if process.stages else "It only has to be told now, and nobody decides it."
        case Why.deciders:
            now = ", then ".join(terms.of_her(step.role) for step in process.stages)
            return f"It is decided by {now} now, and not by {', then '.join(terms.of_her(stage.role) for stage in request.stages)}."
        case Why.fields:
            faults = check(process.fields, request.fields)
            asked = terms.joined(f"“{fault.field.label}”" for fault in faults) if isinstance(faults, tuple) else "something else"
            return f"The form asks for {asked} now, which the request does not answer."
        case Why.words:
            return f"What the policy says about it has changed: see {earlier.rule(request.rule, pack).locator}."
        case Why.verdict:
            return f"Asked today, the same question has another answer: {RULINGS.get(affects.now, 'it is judged otherwise')}."
        case _:
            assert_never(affects.why)


def told_of(whys: Iterable[Affects], request: Request, pack: Pack, people: Iterable[PersonId], known: People) -> str:
    """Return what the record says after “Hallpass”; written once, read for good."""
    who = terms.joined(terms.name(one, known) for one in people) or "nobody, since nobody is left"
    return f"told {who} that the rules have changed since. {' '.join(sentence(one, request, pack) for one in whys)}"


def counted(number: int, district: str) -> str:
    """Return in a line how many requests are affected, for whoever looks after the pack."""
    requests = "1 request was" if number == 1 else f"{number} requests were"
    return f"{district}: {requests} made under earlier rules, which today's no longer support: see `hallpass policy impact {district}`."


def _then(request: Request) -> str:
    match request.status:
        case Status.pending:
            return "It still waits for a decision. Nothing was changed: whoever decides can deny it, or approve it as it is."
        case Status.approved:
            return "The permission goes on: nothing was changed. It can be asked for anew, given back or revoked."
        case _:
            return "It is over, so that nothing follows from this any more."


def _buttons(request: Request, pack: Pack, known: People, reader: PersonId) -> tuple[Button, ...]:
    if reader == request.requester:
        return permissions.for_requester(request, pack)
    return permissions.for_decider(request, pack, known, reader)
