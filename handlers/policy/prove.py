"""The proof of a pack: every sentence accounted for, every rule reachable, no two at odds, every matter ruled on or declared silent.

Not here: the shapes of a pack and its names (read, consistent), or how a proof is printed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from handlers.policy.clauses import Sentence, covered, quote
from handlers.policy.facts import Facts
from handlers.policy.hearing import applies, decide
from handlers.policy.judge import upshot
from handlers.policy.pack import Kind, Pack, Rule, Ruling
from handlers.policy.topics import FOREIGN, TOPICS
from handlers.policy.vocabulary import VALUES, Fact

MOST = 200  # situations tried of one matter or rule
NOT_PROVEN = frozenset({"other", "gibberish"})  # no matter at all


@dataclass(frozen=True, slots=True)
class Accounts:
    """What no rule rests on, each with its reason: sentences shown as they are, sentences good to know, matters left silent."""

    quoted: Mapping[str, str]
    information: Mapping[str, str]
    silent: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Became:
    """A sentence of the district's text, and what it became: rules, quoted, information, or nothing yet."""

    sentence: Sentence
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One topic over the situations that its rules tell apart: how often each ruling is given."""

    topic: str
    situations: int
    rulings: Mapping[Ruling, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was looked at, and the faults found; none is a proof."""

    sentences: tuple[Became, ...]
    matters: tuple[Matter, ...]
    faults: tuple[str, ...]


def prove(pack: Pack, accounts: Accounts, text: Sequence[Sentence]) -> Proof:
    """Look at everything; `text` is empty where none is attached, and then nothing is said of sentences."""
    became = tuple(_became(pack, accounts, text))
    matters = tuple(_matter(pack, topic) for topic in TOPICS if topic not in NOT_PROVEN)
    faults = [
        *(f"{one.sentence.locator} became nothing: “{one.sentence.text[:80]}”." for one in became if not one.what),
        *_dangling(pack, accounts, text),
        *_unreachable(pack),
        *_at_odds(pack),
        *_unaccounted(accounts, matters),
    ]
    return Proof(became, matters, tuple(faults))


def _became(pack: Pack, accounts: Accounts, text: Sequence[Sentence]) -> Iterator[Became]:
    rules = {rule.id: covered(text, rule.locator) for rule in pack.rules}
    for sentence in text:
        named = [rule for rule, reached in rules.items() if sentence.locator in reached]
        noted = [
            (what, why)
            for what, kept in (("quoted", accounts.quoted), ("information", accounts.information))
            for locator, why in kept.items()
            if sentence.locator in covered(text, locator)
        ]
        if named:
            yield Became(sentence, "rule", ", ".join(named))
        elif noted:
            yield Became(sentence, *noted[0])
        else:
            yield Became(sentence, "heading" if sentence.block.startswith("heading") else "", "")


def _dangling(pack: Pack, accounts: Accounts, text: Sequence[Sentence]) -> Iterator[str]:
    if not text:
        return
    named = [(f"rule {rule.id}", rule.locator) for rule in pack.rules]
    named += [("coverage.toml", locator) for kept in (accounts.quoted, accounts.information) for locator in kept]
    for where, locator in named:
        if quote(text, locator) is None:
            yield f"{where}: {locator} leads nowhere in the text."


def _unreachable(pack: Pack) -> Iterator[str]:
    for rule in pack.rules:
        heard = (any(finding.rule.id == rule.id for finding in decide(pack, facts)) for facts in islice(_of_rule(rule), MOST))
        if not any(heard):
            yield f"Rule {rule.id} is never heard: other rules silence it wherever it applies."


def _of_rule(rule: Rule) -> Iterator[Facts]:
    wanted = {**rule.when, **rule.said}
    for values in product(*wanted.values()):
        yield Facts(dict(zip(wanted, values, strict=True)))


def _at_odds(pack: Pack) -> Iterator[str]:
    """Two forms for one situation, where nothing says which: everything else is ordered by the kinds."""
    for one, other in combinations([rule for rule in pack.rules if rule.kind in {Kind.permission, Kind.notice}], 2):
        ordered = other.id in one.over or one.id in other.over or one.kind is not other.kind or one.alone is not other.alone
        if one.process != other.process and not ordered and _meet(one, other):
            yield f"Rules {one.id} and {other.id} open two forms for one situation: say in `over` which goes first, or part them."


def _meet(one: Rule, other: Rule) -> bool:
    mine, theirs = {**one.when, **one.said}, {**other.when, **other.said}
    both = {fact: _shared(mine.get(fact), theirs.get(fact)) for fact in {*mine, *theirs}}
    situations = (Facts(dict(zip(both, values, strict=True))) for values in islice(product(*both.values()), MOST))
    return any(applies(one, facts) and applies(other, facts) for facts in situations)


def _shared(one: Sequence[str] | None, other: Sequence[str] | None) -> list[str]:
    if one is None or other is None:
        return list(one or other or ())
    return [value for value in one if value in other]


def _matter(pack: Pack, topic: str) -> Matter:
    """Try the situations of a topic that its rules tell apart, in an order that changes every fact soon."""
    rules = pack.on[topic]
    apart: dict[Fact, tuple[str | None, ...]] = {fact: _told_apart(rules, fact) for fact in Fact if fact is not Fact.topic}
    spread = {fact: values for fact, values in apart.items() if values}
    tried = [Facts({Fact.topic: topic, **dict(said)}) for said in _situations(spread)]
    return Matter(topic, len(tried), Counter(upshot(pack, facts) for facts in tried))


def _told_apart(rules: Iterable[Rule], fact: Fact) -> tuple[str | None, ...]:
    """Return the values of a fact that some rule names, one other, and "not said"."""
    named = {value for rule in rules for part in (rule.when, rule.said, rule.unless) for value in part.get(fact, ())}
    others = [value for value in VALUES[fact] if value not in named]
    return (None, *(value for value in VALUES[fact] if value in named), *others[:1]) if named else ()


def _situations(spread: Mapping[Fact, Sequence[str | None]]) -> Iterator[list[tuple[Fact, str]]]:
    """Yield every pair of values once, the other facts not said, then three at a time until there are enough."""
    cases = [[(fact, value) for value in values if value is not None] for fact, values in spread.items()]
    together = (said for many in (0, 1, 2, 3) for chosen in combinations(cases, many) for said in product(*chosen))
    return (list(said) for said in islice(together, MOST))


def _unaccounted(accounts: Accounts, matters: Iterable[Matter]) -> Iterator[str]:
    for topic in accounts.silent.keys() - TOPICS.keys():
        yield f"coverage.toml, [silent]: {topic} is no topic."
    for matter in matters:
        ruled = any(ruling is not Ruling.not_covered for ruling in matter.rulings)
        if matter.topic in FOREIGN or ruled != (matter.topic in accounts.silent):
            continue
        if ruled:
            yield f"coverage.toml, [silent]: {matter.topic} is declared silent, and rules speak of it."
        else:
            yield f"No rule speaks of {matter.topic} ({TOPICS[matter.topic]}): add one, or declare it under [silent] in coverage.toml."
