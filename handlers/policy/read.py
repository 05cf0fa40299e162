"""Parsed data becomes a pack, or the complete list of what is wrong with it. Not here: files, their formats, and judging."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handlers.policy.consistent import Parts, complaints
from handlers.policy.forms import Process
from handlers.policy.letters import ASKED, TOLD, trial
from handlers.policy.pack import Pack, Rule, Settings
from handlers.policy.trouble import Place, told
from handlers.trouble import Trouble

RULES, PROCESSES, SETTINGS, LETTERS = "rules.yaml", "processes.yaml", "settings.toml", "letters"
TEMPLATE = ".j2"

M = TypeVar("M", bound=BaseModel)

_APART = ("processes", "settings", "letters")  # told in files of their own
_PARTS = ("rules", *_APART)


@dataclass(frozen=True, slots=True)
class Source:
    """What one file holds, and on which line each of its values begins."""

    file: str
    data: object
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest thing around it."""
        around = (place[:length] for length in range(len(place), 0, -1))
        return next((self.lines[part] for part in around if part in self.lines), 1)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a pack: where, what, and what to do about it."""

    file: str
    line: int
    what: str
    todo: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}, line {self.line}: {self.what} {self.todo}"


class BrokenPack(Trouble):
    """A pack that cannot be used, with everything that is wrong in it."""

    def __init__(self, key: str, faults: tuple[Fault, ...]) -> None:
        """Keep the faults in the order of files and lines."""
        self.key = key
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def read(key: str, rules: Source, processes: Source, settings: Source, letters: Mapping[str, str] | None = None) -> Pack:
    """Return the pack that the three files and its letters tell, or raise BrokenPack with all its faults."""
    sources = {"rules": rules, "processes": processes, "settings": settings}
    tables = {name: _table(source.data) for name, source in sources.items()}
    faults = [*_strangers(rules, tables["rules"]), *_no_tables(sources)]
    whole = {"key": key, **_known(tables["rules"]), "processes": tables["processes"], "settings": tables["settings"]}
    whole["letters"] = dict(letters or {})
    try:
        pack = Pack.model_validate(whole)
    except ValidationError as error:
        faults += (_misshapen(sources, whole, one) for one in error.errors())
    for complaint in complaints(_parts(whole)):
        source, place = _home(sources, complaint.place)
        what = complaint.what[:1].upper() + complaint.what[1:]
        faults.append(Fault(source.file, source.line(place), what, complaint.todo))
    faults += _letters_fit(key, whole)
    if faults:
        raise BrokenPack(key, tuple(faults))
    return pack


def _table(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}


def _known(rules: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in rules.items() if name not in {"key", *_APART}}


def _strangers(source: Source, rules: Mapping[str, object]) -> Iterator[Fault]:
    for name in rules.keys() & {"key", *_APART}:
        todo = "Take it out: the folder's name is the key, and processes and settings have their own files."
        yield Fault(source.file, source.line((name,)), f"`{name}` does not belong here.", todo)


def _no_tables(sources: Mapping[str, Source]) -> Iterator[Fault]:
    for source in sources.values():
        if source.data is not None and not isinstance(source.data, dict):
            yield Fault(source.file, 1, "This is not a table of names and values.", "Write `name: value` lines.")


def _letters_fit(key: str, whole: Mapping[str, object]) -> Iterator[Fault]:
    processes = _parts(whole).processes
    for name, template in _table(whole["letters"]).items():
        wrong = trial(str(template), processes, name)
        if wrong is not None:
            todo = f"A letter is told {', '.join(TOLD)}, and {ASKED}.NAME for the form's fields that name no student."
            yield Fault(f"{key}/{LETTERS}/{name}{TEMPLATE}", wrong.line, f"No letter can be written from this: {wrong.why}.", todo)


def _home(sources: Mapping[str, Source], place: Place) -> tuple[Source, Place]:
    """Return the file a place of the pack stands in, and the place as that file counts it."""
    if place and place[0] in _APART:
        return sources[str(place[0])], place[1:]
    return sources["rules"], place


def _misshapen(sources: Mapping[str, Source], whole: Mapping[str, object], error: ErrorDetails) -> Fault:
    place = tuple(step for step in error["loc"] if step != "[key]")
    source, here = _home(sources, place)
    what, todo = told(error)
    return Fault(source.file, source.line(here), f"{_named(whole, place)} {what}.", todo)


def _named(whole: Mapping[str, object], place: Place) -> str:
    """Return the words for a place: which rule or process, and the names that lead to the value in it."""
    if place[0] not in _PARTS or len(place) == 1:
        return f"`{place[0]}`"
    owner, rest = _owner(whole, place)
    names = [f"`{step}`" for step in rest if isinstance(step, str)]
    return f"{owner}: {', '.join(names)}" if names else owner


def _owner(whole: Mapping[str, object], place: Place) -> tuple[str, Place]:
    if place[0] == "settings":
        return "The settings", place[1:]
    if place[0] == "processes":
        return f"Process {place[1]}", place[2:]
    rules, index = whole["rules"], place[1]
    rule = rules[index] if isinstance(rules, list) and isinstance(index, int) else None
    rule_id = _table(rule).get("id")
    return f"Rule {rule_id}" if isinstance(rule_id, str) else f"The rule number {int(index) + 1}", place[2:]


def _parts(whole: Mapping[str, object]) -> Parts:
    listed = whole.get("rules")
    rules = [_table(rule) for rule in listed] if isinstance(listed, list) else []
    processes = _table(whole["processes"])
    return Parts(
        rules={index: rule for index, raw in enumerate(rules) if (rule := _shaped(Rule, raw))},
        processes={key: process for key, raw in processes.items() if (process := _shaped(Process, raw))},
        settings=_shaped(Settings, whole["settings"]),
        rule_ids=tuple(str(rule.get("id", "")) for rule in rules),
        process_keys=frozenset(processes),
        opened=frozenset(str(rule.get("process", "")) for rule in rules),
        printed=whole.get("addresses") == "printed",
        letters=frozenset(_table(whole["letters"])),
    )


def _shaped(model: type[M], raw: object) -> M | None:
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None
