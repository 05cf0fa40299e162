"""What cards say of a permission: on which terms, until when, who ended it; and what can still be done with it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from handlers.actions import Withdraw
from handlers.cards import Block, Button, Card, Facts, Note, Text, Tone
from handlers.changing import Correct, Renew, Revoke
from handlers.days import day_of
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import details, earlier, students, terms
from handlers.wording.details import NOT_ASKED
from handlers.workflow.permission import may_revoke
from handlers.workflow.request import Request, Stage, Status

People = Mapping[PersonId, Person]
Row = tuple[str, str | datetime]


def granted_word(stage: Stage) -> str:
    """Return how a stage was approved, in the words that its decider comes after."""
    return "Approved with changes by" if stage.on_terms else "Approved by"


def terms_of(stage: Stage) -> Iterator[Row]:
    """Yield what the decider changed, each field in a row, then her own sentence."""
    if not stage.on_terms:
        return
    for change in stage.changes:
        yield change.label, terms.capital(NOT_ASKED) if change.dropped else _instead(change.before, change.after)
    yield "On condition", stage.reason


def span(request: Request, pack: Pack) -> Iterator[Row]:
    """Yield from when to when a permission holds, as far as anybody said so, and who ended it early."""
    if request.stopped_by is None:
        yield from _days(request, pack)


def stopped(request: Request, known: People) -> Iterator[Block]:
    """Yield who ended the permission early, when and why."""
    if request.stopped_by is not None and request.ends is not None:
        word = "Revoked by" if request.status is Status.revoked else "Ended by" if request.why_stopped else "Given back by"
        why = (("Reason", request.why_stopped),) if request.why_stopped else ()
        yield Facts(((word, terms.name(request.stopped_by, known)), ("When", request.ends), *why))


def renewal(request: Request) -> Iterator[Block]:
    """Yield that the request renews an earlier one, which was approved, or lapsed."""
    if request.renews is not None:
        yield Note(f"This {details.renews(request.renews)}. It is decided afresh.")


def for_decider(request: Request, pack: Pack, known: People, reader: PersonId) -> tuple[Button, ...]:
    """Return what this reader can do with a permission: whoever was asked, and did not decide, is offered nothing to be refused."""
    may = request.status is Status.approved and reader in may_revoke(request, known, pack.settings.fallback)
    return (_revoke(request), *students.buttons(request, pack)) if may else ()


def for_requester(request: Request, pack: Pack) -> tuple[Button, ...]:
    """Return what the requester can do: take it back while it waits; renew it, or give it back, once it is hers; ask again."""
    match request.status:
        case Status.pending if request.with_others:
            back = Button(
                "Withdraw", Withdraw(request.id), confirm="Withdraw this? Whoever it was asked of is told, and has nothing to do."
            )
            return (back,) if request.addressee else ()  # a report cannot be taken back
        case Status.pending:
            back = Button("Withdraw", Withdraw(request.id), confirm="Withdraw this request? Nobody will decide it any more.")
            decided = any(stage.decided_by is not None for stage in request.stages)
            return (back,) if decided else (Button("Correct", Correct(request.id)), back)
        case Status.approved:
            again = Button("Renew", Renew(request.id))
            back = Button("Give it back", Withdraw(request.id), confirm="Give this permission back? It ends at once.")
            return (again, *students.buttons(request, pack), back)
        case Status.ended if request.stages:
            return (Button("Renew", Renew(request.id)),)
        case Status.lapsed:
            return (Button("Ask again", Renew(request.id)),)
        case _:
            return ()


def revoked(request: Request, pack: Pack, known: People) -> Card:
    """Return what the requester is told when her permission is revoked."""
    who = terms.name(request.stopped_by, known) if request.stopped_by else "Somebody"
    title = f"Revoked by {who}: “{earlier.process(request, pack).title}”"
    rule = earlier.rule(request.rule, pack)
    text = Text(f"From now on you may not go on with it. If anything is unclear, please talk to {who}.")
    return Card(title, (*stopped(request, known), text, Note(f"{pack.policy}, {rule.locator}.")), tone=Tone.stop, summary=title)


def left(request: Request, pack: Pack, known: People) -> Card:
    """Return what others are told when whoever asked has left the district."""
    who, name = terms.name(request.requester, known), earlier.process(request, pack).title
    title = terms.capital(f"{who} has left: “{name}”")
    word = "The request was withdrawn: nobody has to decide it." if request.status is Status.withdrawn else "The permission has ended."
    owed = Text("What you still had to do for it may be needless now: please look whether anything is left to close.")
    return Card(title, (Text(f"{word} The directory no longer names whoever asked."), owed), summary=title)


def granted(request: Request, pack: Pack, known: People) -> Card:
    """Return a live permission as those see it who may revoke it: without what the requester filled in."""
    title = f"{terms.name(request.requester, known)}: “{earlier.process(request, pack).title}”"
    agreed = tuple((granted_word(stage), terms.name(stage.decided_by, known)) for stage in request.stages if stage.decided_by is not None)
    return Card(title, (Facts((*agreed, *_days(request, pack))),), (_revoke(request), *students.buttons(request, pack)), Tone.good, title)


def _revoke(request: Request) -> Button:
    return Button("Revoke", Revoke(request.id), Tone.stop)


def _days(request: Request, pack: Pack) -> Iterator[Row]:
    """Yield the days as the district counts them, whatever the reader's zone makes of their first and last moments."""
    zone = pack.settings.zone
    if request.starts is not None:
        yield "From", terms.day(day_of(request.starts, zone).isoformat())
    if request.ends is not None:
        yield "Until", terms.day(day_of(request.ends, zone).isoformat())


def _instead(before: str, after: str) -> str:
    now, was = terms.day(after), terms.day(before)
    if not after:
        return f"no longer {was}"
    return f"{now}, instead of {was}" if before else now
