"""What must hold between the parts of a pack: every name leads somewhere, nothing is left without an owner. Not here: shapes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handlers.people import OUTSIDE
from handlers.policy.clauses import well_formed
from handlers.policy.conditions import misfits
from handlers.policy.forms import Obligation, Process
from handlers.policy.pack import Kind, Rule, Settings
from handlers.policy.trouble import Place
from handlers.policy.vocabulary import VALUES


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a pack that have the right shape, and the names of all of them."""

    rules: Mapping[int, Rule]
    processes: Mapping[str, Process]
    settings: Settings | None
    rule_ids: tuple[str, ...]
    process_keys: frozenset[str]
    opened: frozenset[str]
    printed: bool = False  # the locators are the text's own
    letters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that does not fit together, with its place in the pack."""

    place: Place
    what: str
    todo: str


def complaints(parts: Parts) -> Iterator[Complaint]:
    """Yield everything that does not fit."""
    yield from _ids_told_apart(parts)
    for index, rule in parts.rules.items():
        yield from _rule_fits(parts, ("rules", index), rule)
    for key, process in parts.processes.items():
        yield from _process_fits(parts, ("processes", key), process)
    if parts.settings:
        yield from _settings_fit(parts, parts.settings)


def _ids_told_apart(parts: Parts) -> Iterator[Complaint]:
    seen: set[str] = set()
    for index, rule_id in enumerate(parts.rule_ids):
        if rule_id and rule_id in seen:
            yield Complaint(("rules", index, "id"), f"a second rule is called {rule_id}.", "Give each rule an id of its own.")
        seen.add(rule_id)


def _rule_fits(parts: Parts, place: Place, rule: Rule) -> Iterator[Complaint]:
    if not (parts.printed or well_formed(rule.locator)):
        todo = 'Write it as in "paragraph 2, sentence 1", "item 5" or "list 2, item 7 (a)"; join two with "and".'
        yield Complaint((*place, "locator"), f"rule {rule.id}: nobody can follow the locator {rule.locator!r}.", todo)
    for name, named in (("also", rule.also), ("over", rule.over)):
        yield from _rules_exist(parts, (*place, name), f"rule {rule.id}: `{name}`", named)
    if rule.process and rule.process not in parts.process_keys:
        what = f"rule {rule.id}: there is no process called {rule.process}."
        yield Complaint((*place, "process"), what, "Add it to the processes, or correct the name.")
    if rule.kind is Kind.permission and not rule.process:
        what = f"rule {rule.id}: it asks for permission, but nobody can apply for it."
        yield Complaint((*place, "kind"), what, "Name the `process` that it opens.")


def _process_fits(parts: Parts, place: Place, process: Process) -> Iterator[Complaint]:
    name = f"process {place[1]}"
    yield from _rules_exist(parts, (*place, "rule"), name, (process.rule,))
    for index, step in enumerate(process.stages):
        yield from _rules_exist(parts, (*place, "stages", index, "rule"), f"{name}, stage {index + 1}:", (step.rule,))
        if step.role in OUTSIDE:
            what = f"{name}, stage {index + 1}: {step.role} never uses the bot and cannot decide."
            yield Complaint((*place, "stages", index, "role"), what, "Name a role of the directory.")
    for index, duty in enumerate(process.duties):
        yield from _duty_fits(parts, (*place, "duties", index), f"{name}, duty {duty.key}", duty, process)
    yield from _told_apart(place, "fields", name, [field.name for field in process.fields])
    yield from _told_apart(place, "duties", name, [duty.key for duty in process.duties])
    for index, what, todo in misfits(process.fields):
        yield Complaint((*place, "fields", index, "when"), f"{name}, {what}", todo)
    yield from _registers_fit((*place, "registers"), name, process)
    if place[1] not in parts.opened and process.kind in {"permission", "notice"}:
        yield Complaint(place, f"{name}: no rule opens it.", "Name it as the `process` of a rule, or take it out.")


def _registers_fit(place: Place, name: str, process: Process) -> Iterator[Complaint]:
    """The register is read by many: what may name a student stays out of it."""
    told = process.registers
    if told is None:
        return
    fields, duties = {field.name: field for field in process.fields}, {duty.key for duty in process.duties}
    for part, named in (
        ("platform", told.platform),
        ("purpose", told.purpose),
        ("address", told.address),
        ("administrators", told.administrators),
    ):
        may_be = fields.keys() if part in {"platform", "purpose"} else fields.keys() | duties
        if named is not None and named not in may_be:
            yield Complaint(
                (*place, part), f"{name}: `{part}` names {named}, which is nowhere asked.", f"Write one of {', '.join(sorted(may_be))}."
            )
        elif named in fields and fields[str(named)].student_names:
            yield Complaint((*place, part), f"{name}: `{part}` may name a student, and many read the register.", "Name another field.")
    for named in told.when.keys() - fields.keys():
        yield Complaint((*place, "when"), f"{name}: `when` names {named}, which is no field.", "Correct the name.")


def _duty_fits(parts: Parts, place: Place, name: str, duty: Obligation, process: Process) -> Iterator[Complaint]:
    yield from _rules_exist(parts, (*place, "rule"), f"{name}:", (duty.rule,))
    yield from _told_apart(place, "asks", name, [field.name for field in duty.asks])
    for index, what, todo in misfits(duty.asks):
        yield Complaint((*place, "asks", index, "when"), f"{name}, {what}", todo)
    if duty.letter is not None and duty.letter not in parts.letters:
        what = f"{name}: there is no letter called {duty.letter}."
        yield Complaint((*place, "letter"), what, f"Write it as letters/{duty.letter}.j2, or correct the name.")
    if duty.due is not None and not any(field.name == duty.due and field.kind == "date" for field in process.fields):
        yield Complaint((*place, "due"), f"{name}: `due` names {duty.due}, which is no date in the form.", "Name a field of kind date.")


def _started(parts: Parts, settings: Settings) -> Iterator[Complaint]:
    """Yield what is wrong with who may start something: somebody has to be named, and nobody twice."""
    open_ones = {key for key, process in parts.processes.items() if process.kind == "directed" and not process.starters}
    for key in sorted(open_ones - settings.starters.keys()):
        what = f"nobody may start {key}: the policy leaves it open, and so do the settings."
        yield Complaint(("settings", "starters"), what, f"Add {key} to [starters], with the roles that may.")
    for key in sorted(settings.starters.keys() - open_ones):
        what = f"`starters` names {key}, which is no directed process that waits for somebody."
        yield Complaint(("settings", "starters", key), what, "Correct the name, or take it out.")


def _settings_fit(parts: Parts, settings: Settings) -> Iterator[Complaint]:
    yield from _started(parts, settings)
    ours = {duty.key: duty.owner for process in parts.processes.values() for duty in process.duties if duty.by == "role"}
    for key in sorted(key for key, owner in ours.items() if owner is None and key not in settings.owners):
        what = f"nobody owns the duty {key}: the policy leaves it open, and so do the settings."
        yield Complaint(("settings", "owners"), what, f"Add {key} to [owners], with the role that does it.")
    for key in sorted(settings.owners.keys() - {key for key, owner in ours.items() if owner is None}):
        what = f"`owners` names {key}, which is no duty that waits for an owner."
        yield Complaint(("settings", "owners", key), what, "Correct the name, or take it out.")
    for fact, value in settings.facts.items():
        if value not in VALUES[fact]:
            what = f"`facts` says {value!r} for {fact}, which means nothing here."
            yield Complaint(("settings", "facts", fact), what, f"Write one of {', '.join(VALUES[fact])}.")


def _rules_exist(parts: Parts, place: Place, where: str, named: Iterable[str]) -> Iterator[Complaint]:
    for rule_id in named:
        if rule_id not in parts.rule_ids:
            yield Complaint(place, f"{where} names rule {rule_id}, which does not exist.", "Correct the id, or add the rule.")


def _told_apart(place: Place, part: str, name: str, names: Iterable[str]) -> Iterator[Complaint]:
    for repeated in (named for named, times in Counter(names).items() if times > 1):
        yield Complaint((*place, part), f"{name}: two {part} are called {repeated}.", "Give each a name of its own.")
