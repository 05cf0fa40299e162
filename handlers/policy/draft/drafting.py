"""A district's text becomes a draft: a rule for every sentence, and a process where somebody may approve. Not here: files, answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.people import Role
from handlers.policy.clauses import fingerprint
from handlers.policy.draft.conditions import apart, conditions
from handlers.policy.draft.kinds import Sign, sign_of
from handlers.policy.draft.roles import deciders, roles_in
from handlers.policy.draft.says import says
from handlers.policy.forms import Asked, Process, Step
from handlers.policy.pack import Conditions, Kind, Pack, Rule
from handlers.policy.split.addressed import Part, parts
from handlers.policy.split.clauses import Dated, divide
from handlers.policy.understand.network import network
from handlers.policy.vocabulary import Fact

CLEAR = 0.35  # chance of the likeliest topic from which a sentence is surely about it
FORM = (
    Asked(name="what", label="What would you like to do?", kind="text", longest=1000),
    Asked(name="reason", label="Why is it needed?", kind="text", longest=1000),
    Asked(name="students", label="Which students, or which class or team?", student_names=True, required=False),
)
NOBODY = (Role.supervisor,)  # decides where the clause names nobody; a district setting, and the draft says so


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one sentence became, still without an id."""

    part: Part
    kind: Kind
    when: Conditions
    unless: Conditions
    sure: bool
    deciders: tuple[Role, ...] = ()
    tells: tuple[Role, ...] = ()


class Nothing(Exception):  # noqa: N818  # a document without a sentence is no error of ours
    """The text holds no clause to draft a rule from."""


def draft(key: str, text: str) -> Pack:
    """Return the draft of a text. Raises Nothing when there is no clause in it."""
    divided = divide(text)
    found = [one for part in parts(divided.clauses) for one in _drafted(part)]
    if not found:
        raise Nothing
    named = [(_id(place), one) for place, one in enumerate(found, 1)]
    title = divided.title[:200] or key
    return Pack(
        key=key,
        name=key if len(key) > 2 else f"District {key}",  # noqa: PLR2004  # what Words asks for
        policy=title if len(title) > 2 else f"Policy {title}",  # noqa: PLR2004  # what Words asks for
        dates=_dates(divided.dates),
        fingerprint=fingerprint(text),
        draft=True,
        addresses="printed",
        rules=tuple(_rule(rule_id, one) for rule_id, one in named),
        processes=_processes(named),
    )


def _drafted(part: Part) -> Iterator[Drafted]:
    words = _without_questions(part.meant)
    sign = sign_of(words)
    chances = network().read([part.meant]).chances
    when, unless = apart(words, conditions(chances), exempts=sign.kind is Kind.exemption)
    mild = sign.kind in {Kind.allowance, Kind.exemption}
    vague = sign.kind is Kind.exemption and not {Fact.tie, Fact.content, Fact.activity} & when.keys()  # it would lift every rule
    sure = max(chances[Fact.topic].values()) >= CLEAR and not (mild and sign.mixed) and not vague and words != ""
    roles = deciders(words) if sign.kind is Kind.permission else ()
    tells = tuple(role for role in roles_in(words) if role is not Role.staff) if sign.tells else ()
    if sign.only:
        yield from _one_way(part, sign, when, unless, sure=sure)
    else:
        yield Drafted(part, sign.kind, when, unless, sure, roles, tells)


def _one_way(part: Part, sign: Sign, when: Conditions, unless: Conditions, *, sure: bool) -> Iterator[Drafted]:
    """A clause that leaves only the district's way open allows that, and closes the private one."""
    if when.get(Fact.account) != ("district",) and when[Fact.topic][0] != "district_channel":
        yield Drafted(part, sign.kind, when, unless, sure)
        return
    around: Conditions = {fact: values for fact, values in when.items() if fact not in {Fact.account, Fact.channel}}
    closed = Kind.caution if sign.kind is Kind.caution else Kind.prohibition
    yield Drafted(part, Kind.allowance, when | {Fact.account: ("district",)}, unless, sure)
    yield Drafted(part, closed, around | {Fact.account: ("personal",)}, unless, sure)


def _without_questions(words: str) -> str:
    return words.rpartition("?")[2].strip()


def _rule(rule_id: str, one: Drafted) -> Rule:
    process = _process_key(one.deciders) if one.kind is Kind.permission else None
    words = says(one.kind, one.when, one.deciders, one.tells)
    return Rule(
        id=rule_id,
        locator=one.part.sentence.locator,
        says=words,
        kind=one.kind,
        when=one.when,
        unless=one.unless,
        process=process,
        tells=one.tells,
        sure=one.sure,
    )


def _processes(named: Sequence[tuple[str, Drafted]]) -> Mapping[str, Process]:
    found: dict[str, Process] = {}
    for rule_id, one in named:
        if one.kind is Kind.permission and _process_key(one.deciders) not in found:
            found[_process_key(one.deciders)] = _process(rule_id, one.deciders)
    return found


def _process_key(roles: Sequence[Role]) -> str:
    return "-".join(("approval", *(role.replace("_", "-") for role in roles)))[:60] if roles else "approval"


def _process(rule_id: str, roles: Sequence[Role]) -> Process:
    names = " and ".join(role.replace("_", " ") for role in roles)
    intro = (
        "The clause asks for approval."
        if roles
        else "The clause asks for approval and names nobody: the supervisor decides here (district setting)."
    )
    return Process(
        title=f"Approval by the {names}" if roles else "Approval",
        rule=rule_id,
        kind="permission",
        intro=f"{intro} This form was drafted by a program and reviewed by nobody.",
        fields=FORM,
        stages=tuple(Step(role=role, rule=rule_id) for role in roles or NOBODY),
    )


def _dates(found: Sequence[Dated]) -> str:
    told = dict.fromkeys(f"{one.event} {one.when}" for one in found)
    return ", ".join(told)[:300] or "without a date"


def _id(place: int) -> str:
    return f"R{place}"
