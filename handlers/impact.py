"""Which requests today's rules no longer support, why, and who has to know; nothing that runs is stopped. Not here: the sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.kept import Answered, Ground, Happening
from handlers.naming import named
from handlers.people import HALLPASS, DistrictKey, Person, PersonId, Role
from handlers.policy.fields import Wrong, check
from handlers.policy.forms import Process
from handlers.policy.judge import judge
from handlers.policy.pack import Pack, Ruling
from handlers.policy.verdict import Question, Verdict
from handlers.ports import Packs, Work
from handlers.process import today
from handlers.telling import tell
from handlers.wording.affected import OTHER_FORM, About, Affects, Why, told_of
from handlers.wording.leaving import Leaves
from handlers.workflow.request import DutyStatus, Request, Status

EVERY = 1_000_000  # requests: all of them
TOLD = "rules_changed"  # what the record calls it
UNFIT = frozenset({Wrong.missing, Wrong.not_ticked, Wrong.not_a_choice})  # of a form that was in order when it was sent


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who has to know, and what they are to the request: the requester, who decides or decided, who still owes a duty."""

    person: PersonId
    part: str
    role: Role


@dataclass(frozen=True, slots=True)
class Affected:
    """A request that was made under other rules, what speaks against it today, who has to know, and whether they were told."""

    request: Request
    whys: tuple[Affects, ...]
    parties: tuple[Party, ...]
    told: bool


def affected(work: Work, packs: Packs, district: DistrictKey) -> tuple[Affected, ...]:
    """Return the pending requests and live permissions of a district that its rules of today no longer support."""
    pack = packs.get(district)
    found = (*work.requests.waiting_for(district), *work.requests.approved(district, limit=EVERY))
    earlier = [request for request in found if request.fingerprint != pack.version]
    known = named(work, district, earlier)
    return tuple(one for request in earlier if (one := _affected(work, pack, today(request, pack, known), known)) is not None)


def tell_all(work: Work, packs: Packs, district: DistrictKey, now: datetime) -> tuple[Affected, ...]:
    """Put a card for everybody who has to know, once for each request and version of the rules, and record it; return those."""
    pack = packs.get(district)
    new = tuple(one for one in affected(work, packs, district) if not one.told)
    for one in new:
        request, known = one.request, named(work, district, [one.request])
        people = tuple(dict.fromkeys(party.person for party in one.parties))
        tell(work, request, Leaves.affected, str(About(request.id, pack.version, one.whys)), people)
        detail = told_of(one.whys, request, pack, people, known)
        work.record.add(Happening(request.id, district, now, HALLPASS, TOLD, request.status, request.status, detail, pack.version))
    return new


def _affected(work: Work, pack: Pack, request: Request, known: Mapping[PersonId, Person]) -> Affected | None:
    whys = tuple(against(request, work.grounds.of(request), work.answers.get(request.answer), pack))
    if not whys:
        return None
    told = any(line.what == TOLD and line.fingerprint == pack.version for line in work.record.of(request.id))
    here = (party for party in _parties(request) if party.person in known and known[party.person].seats)
    return Affected(request, whys, tuple(here), told)


def against(request: Request, grounds: tuple[Ground, ...], answered: Answered | None, pack: Pack) -> Iterator[Affects]:
    """Yield what speaks against a request under the pack of today; nothing where it would be sent, and decided, in the same way."""
    process = pack.processes.get(request.process)
    if process is None:
        yield Affects(Why.process)
        return
    yield from _form(request, process)
    yield from _rules(request, grounds, pack)
    yield from _verdict(request, answered, pack)


def _form(request: Request, process: Process) -> Iterator[Affects]:
    roles = tuple(step.role for step in process.stages)
    if bool(roles) != bool(request.stages):
        yield Affects(Why.kind)
    elif roles != tuple(stage.role for stage in request.stages):
        yield Affects(Why.deciders)
    filled = check(process.fields, request.fields)
    if isinstance(filled, tuple) and any(fault.wrong in UNFIT for fault in filled):
        yield Affects(Why.fields)


def _rules(request: Request, grounds: tuple[Ground, ...], pack: Pack) -> Iterator[Affects]:
    now = {rule.id: rule for rule in pack.rules}
    if request.rule not in now:
        yield Affects(Why.rule)
    elif any(one.rule not in now or (now[one.rule].locator, now[one.rule].says) != (one.locator, one.says) for one in grounds):
        yield Affects(Why.words)


def _verdict(request: Request, answered: Answered | None, pack: Pack) -> Iterator[Affects]:
    """Yield what the same situation comes to today, where that no longer is this form; a draft is not judged by."""
    if answered is None or pack.draft:
        return
    judged = judge(pack, answered.facts)
    match judged:
        case Verdict(ruling=Ruling.prohibited as ruling):
            yield Affects(Why.verdict, ruling.value)
        case Verdict() if judged.deciding.process != request.process:
            yield Affects(Why.verdict, OTHER_FORM if judged.deciding.process else judged.ruling.value)
        case Question(nearest=nearest) if all(finding.rule.process != request.process for finding in nearest):
            yield Affects(Why.verdict, Ruling.unclear.value)
        case Verdict() | Question():
            return
        case _:
            yield Affects(Why.verdict, Ruling.not_covered.value)


def _parties(request: Request) -> Iterator[Party]:
    yield Party(request.requester, "requester", Role.staff)
    for stage in request.stages:
        if request.status is Status.approved and stage.decided_by is not None:
            yield Party(stage.decided_by, "decider", stage.role)
        if stage in request.open_stages and request.status is Status.pending:
            yield from (Party(person, "decider", stage.role) for person in stage.people)
    for duty in request.duties:
        if duty.status is DutyStatus.open:
            yield from (Party(person, "duty", duty.owner_role) for person in duty.owners)
