"""The rows of `demands.toml` as values, and which of them a rule or a process of a pack carries. Not here: the page (rows.py)."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.people import DistrictKey
from handlers.policy.forms import Process
from handlers.policy.pack import Pack

FILE = Path(__file__).with_name("demands.toml")
DISTRICTS = {
    "C": DistrictKey("carthage-r9"),
    "W": DistrictKey("west-st-francois-r4"),
    "R": DistrictKey("policy-401-13r2"),
    "D": DistrictKey("dudley-charlton"),
    "H": DistrictKey("chsd-230"),
}


@dataclass(frozen=True)
class Asked:
    """A question that the row answers, in words and as facts, and what it comes to."""

    words: str
    given: Mapping[str, str]
    verdict: str


@dataclass(frozen=True)
class Demand:
    """One row: what a policy demands, and why nothing walks it yet, if nothing does."""

    id: str
    kind: str
    where: str
    what: str
    open: str = ""
    asked: tuple[Asked, ...] = field(default=())

    @property
    def district(self) -> DistrictKey:
        return DISTRICTS[self.id[0]]


def _demand(name: str, told: dict[str, Any]) -> Demand:
    also = told.pop("also", [])
    first = {key: told.pop(key) for key in ("words", "given", "verdict") if key in told}
    return Demand(name, **told, asked=tuple(Asked(**one) for one in (first, *also) if one))


DEMANDS = {name: _demand(name, told) for name, told in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def row_of(rule: str) -> str | None:
    """Return the row that a rule speaks for: H16gc for H16g, and H16g rather than H16."""
    return max((row for row in DEMANDS if re.fullmatch(re.escape(row) + r"([a-z]+\d*)?", rule)), key=len, default=None)


def carriers(pack: Pack, row: str) -> Iterator[str]:
    """Yield what carries the row in a pack: processes, stages and duties first, then its rules."""
    for key, process in pack.processes.items():
        if row_of(process.rule) == row or row in map(row_of, (step.rule for step in process.stages)):
            yield f"`{key}`"
        yield from (f"`{key}`: {duty.key}" for duty in process.duties if row_of(duty.rule) == row)
    rules = [rule.id for rule in pack.rules if row_of(rule.id) == row]
    if rules:
        yield f"rule {rules[0]}" + (f" and {len(rules) - 1} more" if rules[1:] else "")


def rows_of(process: Process) -> tuple[str, ...]:
    """Return the rows that the whole life of a process walks: of its duties those that ask for nothing more than the duty."""
    walked = [row_of(rule) for rule in (process.rule, *(step.rule for step in process.stages))]
    owed = [row for duty in process.duties if (row := row_of(duty.rule)) and "DUTY" in DEMANDS[row].kind]
    return tuple(dict.fromkeys(row for row in (*walked, *owed) if row is not None))
