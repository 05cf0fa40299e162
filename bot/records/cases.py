"""A case: a request with its history, its people and its places in the chain, as exports write it. Not here: any format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import wiring
from bot.reader import readable
from bot.records.withheld import withheld
from handlers.days import day_of
from handlers.ids import RequestId
from handlers.kept import Happening, Head, Verified
from handlers.people import DistrictKey, Person, PersonId
from handlers.policy.forms import Process
from handlers.policy.pack import Pack, Rule
from handlers.ports import Packs, Work
from handlers.wording import earlier
from handlers.workflow.permission import as_of
from handlers.workflow.request import Request

EVERY = 1_000_000  # requests of a district: all of them


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: by the day they were sent, as the district counts days; or one. With a reader, only what that person may read."""

    districts: Sequence[DistrictKey]
    since: date
    until: date
    request: RequestId | None
    names: bool
    reader: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One request and everything that is kept about it; `numbers` are its rows in the district's chain."""

    request: Request
    happenings: Sequence[Happening]
    people: Mapping[PersonId, Person]
    pack: Pack
    numbers: Sequence[int]

    @property
    def process(self) -> Process:
        """What was asked for, by the pack."""
        return earlier.process(self.request, self.pack)

    @property
    def rule(self) -> Rule:
        """The rule that it rests on."""
        return earlier.rule(self.request.rule, self.pack)


@dataclass(frozen=True, slots=True)
class Found:
    """The cases, and for each district whether its chain is whole and where it ends."""

    cases: Sequence[Case]
    proofs: Mapping[DistrictKey, tuple[Verified, Head | None]]


def find(work: Work, packs: Packs, wanted: Wanted) -> Found:
    """Return the cases that are wanted, oldest first."""
    reads = readable(work, packs, wanted.districts, wanted.reader)
    cases = [case for key in wanted.districts for case in _of(work, packs.get(key), wanted, reads)]
    concerned = dict.fromkeys(case.request.district for case in cases)
    return Found(cases, {key: (work.chains.verified(key), work.chains.head(key)) for key in concerned})


def _of(work: Work, pack: Pack, wanted: Wanted, reads: Callable[[Request], bool]) -> Iterator[Case]:
    district = DistrictKey(pack.key)
    people = {person.id: person for person in work.directory.ever(district)}
    for request in reversed(_requests(work, district, wanted.request)):
        if wanted.since <= day_of(request.opened_at, pack.settings.zone) <= wanted.until and reads(request):
            numbers, lines = work.chains.numbers(request.id), work.record.of(request.id)
            case = Case(as_of(request, wiring.clock()), lines, people, pack, numbers)
            yield case if wanted.names else _nameless(case)


def _requests(work: Work, district: DistrictKey, only: RequestId | None) -> Sequence[Request]:
    if only is None:
        return work.requests.all(district, EVERY)
    found = work.requests.get(only)
    return [found] if found is not None and found.district == district else []


def _nameless(case: Case) -> Case:
    hide = withheld(case.request, case.process)
    lines = [hide.happening(one) for one in case.happenings]
    return replace(case, request=hide.request(case.request), happenings=lines)
