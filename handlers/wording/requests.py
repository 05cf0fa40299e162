"""Cards about a request: to whoever decides, to the requester, to those who are told. Drawn from today's state, every time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from handlers.cards import Block, Card, Facts, Listing, Note, Text, Tone
from handlers.people import Person, PersonId, Role
from handlers.policy.forms import Asked, Obligation, Process
from handlers.policy.pack import Pack
from handlers.wording import (
    asking,
    beside,
    corrections,
    deadlines,
    earlier,
    evidence,
    kinds,
    permissions,
    reassigning,
    reopening,
    students,
    terms,
)
from handlers.wording.states import STATES, state
from handlers.workflow.request import Request, Stage, StageStatus, Status

People = Mapping[PersonId, Person]


def to_decide(request: Request, stage: Stage, pack: Pack, known: People, reader: PersonId) -> Card:
    """Return the card of one stage for one reader: with its buttons while it is open, with who and when afterwards."""
    process = earlier.process(request, pack)
    requester = terms.name(request.requester, known)
    wanted = (*asked(request, process, known), *_different(request, known), *permissions.renewal(request))
    decided = (*_decided(request.stages, known), *asking.exchanged(request, known), *permissions.stopped(request, known))
    if stage.status is StageStatus.open and reader in stage.former:
        return reassigning.gone(request, stage, process.title, known)
    if stage.status is StageStatus.open:
        title = terms.capital(f"{requester} asks for your decision: “{process.title}”")
        weighed = (*_weighing(request, pack), *beside.also(stage, known), *deadlines.lapses(request, stage, pack))
        return Card(title, (*wanted, *decided, *weighed), corrections.decision_buttons(request, stage), Tone.warn, title)
    title, tone = after(request, stage, process)
    waits = (*_still_waiting(request, known, terms.of_her), *permissions.span(request, pack))
    buttons = permissions.for_decider(request, pack, known, reader)
    return Card(title, (*wanted, *decided, *([Facts(waits)] if waits else [])), buttons, tone, title)


def to_follow(request: Request, pack: Pack, known: People) -> Card:
    """Return the requester's own card: where it stands, who has it, and a way back while it is pending."""
    process = earlier.process(request, pack)
    word, tone = state(request, process)
    waits = (*_still_waiting(request, known, terms.to_her), *kinds.waiting(request, known))
    status = Facts((("Status", word), *waits, *permissions.span(request, pack)))
    now = (status, *deadlines.if_nobody_decides(request, pack))
    then = (*permissions.stopped(request, known), *evidence.by_others(request, pack, known))
    since = (*_decided(request.stages, known), *asking.exchanged(request, known), *then)
    return Card(
        f"Your {kinds.CALLED[process.kind]}: “{process.title}”",
        (*now, *asked(request, process, known), *_different(request, known), *permissions.renewal(request), *since),
        (*permissions.for_requester(request, pack), *reopening.requesters_buttons(request)),
        tone,
        summary=f"{word}: “{process.title}”",
    )


def outcome(request: Request, stage: Stage, pack: Pack, known: People) -> Card:
    """Return what the requester is told when a stage was decided; what came of it later is said on the same card."""
    name = f"“{earlier.process(request, pack).title}”"
    who = terms.name(stage.decided_by, known) if stage.decided_by else "Somebody"
    waits = request.open_stages
    if stage.status is StageStatus.denied:
        title, tone = f"Denied by {who}: {name}", Tone.stop
        then = f"You may not go ahead. If anything is unclear, please talk to {who}."
    elif waits:
        title, tone = f"Approved by {who}, not final yet: {name}", Tone.plain
        then = f"Please wait: {'; and '.join(beside.waiting(one, known, terms.to_her) for one in waits)} {_decides(waits, stage)}."
    elif request.status is Status.approved and stage != beside.last_decided(request):
        title, tone = f"Approved by {who}: {name}", Tone.good
        then = "The others agreed too. What you may do stands in the message about the last decision."
    elif request.status is Status.approved:
        changed = any(one.on_terms for one in request.stages)
        title, tone = f"Approved{' with changes' if changed else ''}: {name}", Tone.good
        then = f"You may go ahead {'on these terms' if changed else 'as you described it'}.{_yours_to_do(request)}"
    else:
        title, tone = f"Approved by {who}: {name}", Tone.plain
        then = f"{_afterwards(request, known)} You may not go ahead."
    until = (*_decided(beside.until(request, stage), known), *permissions.stopped(request, known))
    return Card(title, (*until, Text(then), _version(request, pack)), tone=tone, summary=title)


def to_know(request: Request, pack: Pack, known: People) -> Card:
    """Return the card of somebody who is told and has nothing to decide."""
    process = earlier.process(request, pack)
    title = kinds.title_for_reader(process, terms.name(request.requester, known))
    text = Text(kinds.said_to_reader(process))
    since = (*students.shown(request.departures, known), *_decided(request.stages, known), *permissions.stopped(request, known))
    return Card(title, (*asked(request, process, known), *since, text, _version(request, pack)), summary=title)


def asked(request: Request, process: Process, known: People) -> Iterator[Block]:
    """Yield what was asked for. The fields may hold students' names: they are drawn in private cards only."""
    requester = terms.name(request.requester, known)
    rows = [(one.label, _shown(one, request.fields[one.name], requester)) for one in process.fields if one.name in request.fields]
    yield Facts((("From", requester), *rows, ("Sent", request.opened_at)))


def on_record(request: Request, process: Process, known: People) -> Iterator[tuple[str, str]]:
    """Yield what was asked for as the record shows it: without what may name a student."""
    requester = terms.name(request.requester, known)
    for one in process.fields:
        if one.name in request.fields:
            yield one.label, "named in the request" if one.student_names else _shown(one, request.fields[one.name], requester)


def _different(request: Request, known: People) -> Iterator[Block]:
    """Yield what of it is no longer as it was asked for."""
    yield from (*corrections.shown(request.corrections), *students.shown(request.departures, known))


def _shown(asked: Asked, value: str, requester: str) -> str:
    match asked.kind:
        case "check":
            return f"Confirmed by {requester}"
        case "date":
            return terms.day(value)
        case _:
            return value


def _afterwards(request: Request, known: People) -> str:
    """Return what came of a request after somebody had agreed, when it was no yes."""
    denied = next((stage for stage in request.stages if stage.status is StageStatus.denied), None)
    if denied is not None and denied.decided_by is not None:
        return f"Afterwards {terms.name(denied.decided_by, known)} denied it."
    if request.status is Status.ended:
        return "It has ended." if request.stopped_by is None or request.why_stopped else "Afterwards you gave it back."
    return f"Afterwards it was {request.status}."


def _decided(stages: Iterable[Stage], known: People) -> Iterator[Block]:
    for stage in stages:
        if stage.decided_by is not None and stage.decided_at is not None:
            word = permissions.granted_word(stage) if stage.status is StageStatus.approved else "Denied by"
            reason = (("Reason", stage.reason),) if stage.reason and not stage.on_terms else tuple(permissions.terms_of(stage))
            who = f"{terms.name(stage.decided_by, known)}{beside.after_name(stage, known)}"
            yield Facts(((word, who), ("When", stage.decided_at), *reason))


def _weighing(request: Request, pack: Pack) -> Iterator[Block]:
    """Yield what the decider has to weigh, what a yes brings with it, and where the rule stands."""
    deciding, process = earlier.rule(request.rule, pack), earlier.process(request, pack)
    if deciding.provided:
        yield Listing("What has to be true (“you” is whoever asks)", deciding.provided)
    if process.duties:
        yield Listing("What follows if you approve", tuple(f"{_whose(owed, pack)}: “{owed.what}”" for owed in process.duties))
    yield Note(f"{pack.policy}, {deciding.locator}.")


def _whose(owed: Obligation, pack: Pack) -> str:
    owner = owed.owner or pack.settings.owners.get(owed.key, pack.settings.fallback)
    return terms.capital(terms.of_her(owner))


def _version(request: Request, pack: Pack) -> Note:
    rule = earlier.rule(request.rule, pack)
    return Note(f"{pack.policy}, {rule.locator}.")


def after(request: Request, stage: Stage, process: Process) -> tuple[str, Tone]:
    """Return what a stage's card says once nothing is to be pressed: how it ended, or that it is not over yet."""
    if request.status is Status.pending:
        word = "Approved, not final yet" if stage.status is StageStatus.approved else "Not your turn yet"
        return f"{word}: “{process.title}”", Tone.plain
    word, tone = STATES[request.status]
    return f"{word}: “{process.title}”", tone


def _still_waiting(request: Request, known: People, called: Callable[[Role], str]) -> Iterator[tuple[str, str]]:
    yield from (("Waiting for", beside.waiting(stage, known, called)) for stage in request.open_stages)


def _decides(waits: Sequence[Stage], decided: Stage) -> str:
    """Return how those who still decide follow whoever has."""
    if decided.turn is not None and decided.turn == waits[0].turn:
        return "decides as well"
    return "decides next" if len(waits) == 1 else "decide next"


def _yours_to_do(request: Request) -> str:
    yours = any(request.requester in duty.owners for duty in request.duties)
    return " What you have to do is in the messages that follow." if yours else ""
