"""Every pack answers its own examples, holds together, and never allows what no policy allows. Without the districts' texts."""

import itertools
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from handlers.people import DistrictKey
from handlers.policy.clauses import well_formed
from handlers.policy.explain import Explained, explain
from handlers.policy.facts import Facts
from handlers.policy.hearing import decide
from handlers.policy.judge import judge
from handlers.policy.pack import Kind, Pack, Rule, Ruling
from handlers.policy.topics import TOPICS
from handlers.policy.verdict import Question, Verdict
from handlers.policy.vocabulary import VALUES, Fact, words_for
from storage.marked import from_yaml
from storage.packs import DiskPacks

FOLDER = Path(__file__).parents[2] / "policies"
PACKS = DiskPacks(FOLDER)
KEYS = PACKS.keys()


@dataclass(frozen=True)
class Example:
    """One line of an examples.yaml."""

    question: str
    facts: dict[str, str]
    verdict: str
    rules: list[str]
    follow_ups: list[str] = field(default_factory=list)
    approvers: list[str] = field(default_factory=list)
    notified: list[str] = field(default_factory=list)
    ask: str | None = None
    process: str | None = None


def examples_of(key: DistrictKey) -> list[Example]:
    data = from_yaml(f"{key}/examples.yaml", (FOLDER / key / "examples.yaml").read_text(encoding="utf-8")).data
    assert isinstance(data, list)
    return [Example(**line) for line in data]


def facts(said: dict[str, str]) -> Facts:
    return Facts({Fact(name): value for name, value in said.items()})


def answer(pack: Pack, said: dict[str, str]) -> Explained:
    return explain(pack, judge(pack, facts(said)), ())


COACH = {"asker": "coach", "act": "contact", "to": "student", "channel": "text", "account": "personal", "activity": "district"}
ELSEWHERE = COACH | {"activity": "outside", "tie": "community"}
OWN_CHILD = COACH | {"tie": "own_child"}
SIBLING = COACH | {"tie": "sibling"}

PROMISED = [
    ("carthage-r9", COACH, "needs_approval", ["C7", "C8", "C9"], ["supervisor"]),
    ("west-st-francois-r4", COACH, "needs_approval", ["W5", "W6", "W7"], ["supervisor"]),
    ("policy-401-13r2", COACH, "discouraged", ["R5", "R4", "R6"], []),
    ("dudley-charlton", COACH, "prohibited", ["D7", "D8"], []),
    ("chsd-230", COACH, "prohibited", ["H6", "H12"], []),
    ("carthage-r9", ELSEWHERE, "unclear", ["C7o", "C2"], []),
    ("west-st-francois-r4", ELSEWHERE, "needs_approval", ["W3"], ["building_principal", "technology_department"]),
    ("policy-401-13r2", ELSEWHERE, "discouraged", ["R4"], []),
    ("dudley-charlton", ELSEWHERE, "unclear", ["D7o", "D2"], []),
    ("chsd-230", ELSEWHERE, "must_act", ["H8"], []),
    ("carthage-r9", OWN_CHILD, "allowed", ["C12"], []),
    ("west-st-francois-r4", OWN_CHILD, "allowed", ["W4"], []),
    ("policy-401-13r2", OWN_CHILD, "allowed", ["R4x", "R1x"], []),
    ("dudley-charlton", OWN_CHILD, "prohibited", ["D7f", "D7"], []),
    ("chsd-230", OWN_CHILD, "must_act", ["H8"], []),
    ("carthage-r9", SIBLING, "needs_approval", ["C7"], ["supervisor"]),
    ("west-st-francois-r4", SIBLING, "allowed", ["W4"], []),
    ("policy-401-13r2", SIBLING, "discouraged", ["R5"], []),
    ("dudley-charlton", SIBLING, "prohibited", ["D7f", "D7"], []),
    ("chsd-230", SIBLING, "must_act", ["H8"], []),
]


def test_five_districts_can_be_asked() -> None:
    assert KEYS == ("carthage-r9", "chsd-230", "dudley-charlton", "policy-401-13r2", "west-st-francois-r4")


@pytest.mark.parametrize("key", KEYS)
def test_a_district_answers_its_own_examples(key: DistrictKey) -> None:
    examples = examples_of(key)
    answered = [(number, one, came(PACKS.get(key), one)) for number, one in enumerate(examples, start=1)]

    assert examples
    assert [f"{number}. {one.question} {was}, not {meant(one)}" for number, one, was in answered if was != meant(one)] == []


def meant(example: Example) -> tuple[object, ...]:
    """What its line says, in the order of `came`."""
    return example.verdict, example.ask, example.process, example.rules, example.approvers, example.notified


def came(pack: Pack, example: Example) -> tuple[object, ...]:
    """What the pack answers; of its citations as many as the example names."""
    said = answer(pack, example.facts)
    cited = [citation.rule for citation in said.citations][: len(example.rules)]
    told = [role.value for role in said.approvers], [role.value for role in said.notified]
    return said.ruling.value, said.question, said.process, cited, *told


@pytest.mark.parametrize(
    ("key", "said", "verdict", "rules", "approvers"),
    [pytest.param(*case, id=f"{case[0]}-{case[1].get('tie', 'coach')}") for case in PROMISED],
)
def test_one_question_has_five_answers(
    key: DistrictKey, said: dict[str, str], verdict: str, rules: list[str], approvers: list[str]
) -> None:
    given = answer(PACKS.get(key), said)

    assert given.ruling.value == verdict
    assert [citation.rule for citation in given.citations][: len(rules)] == rules
    assert [role.value for role in given.approvers] == approvers


@pytest.mark.parametrize("key", KEYS)
def test_every_kind_of_rule_a_district_has_is_shown_by_an_example(key: DistrictKey) -> None:
    pack = PACKS.get(key)

    judgements = [judge(pack, facts(example.facts)) for example in examples_of(key)]
    shown = {judgement.deciding.kind for judgement in judgements if isinstance(judgement, Verdict)}

    assert {rule.kind for rule in pack.rules} - shown == set()


@pytest.mark.parametrize("key", KEYS)
def test_a_rule_can_be_followed_and_says_what_to_do_instead(key: DistrictKey) -> None:
    rules = PACKS.get(key).rules

    assert rules
    assert [rule.id for rule in rules if not well_formed(rule.locator)] == []
    assert [rule.id for rule in rules if not rule.says[0].isupper() or not rule.says.endswith(".")] == []
    assert [rule.id for rule in rules if not rule.instead and rule.kind in {Kind.stop, Kind.prohibition, Kind.referral}] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_rule_is_heard_in_some_situation(key: DistrictKey) -> None:
    pack = PACKS.get(key)

    assert [rule.id for rule in pack.rules if not heard(pack, rule)] == []


def heard(pack: Pack, rule: Rule) -> bool:
    """Whether it is among what is heard wherever its own conditions hold."""
    wanted = {**rule.when, **rule.said}
    situations_of = (Facts(dict(zip(wanted, values, strict=True))) for values in itertools.product(*wanted.values()))
    return any(finding.rule.id == rule.id for said in situations_of for finding in decide(pack, said))


@pytest.mark.parametrize("key", KEYS)
def test_the_forms_offer_the_words_that_people_are_understood_by(key: DistrictKey) -> None:
    fields = [asked for process in PACKS.get(key).processes.values() for asked in process.fields]

    for fact, options in ((asked.fact, asked.options) for asked in fields if asked.fact):
        assert set(options) <= {words_for(fact, value) for value in VALUES[fact]}


@pytest.mark.parametrize("key", KEYS)
def test_students_are_named_only_in_fields_that_keep_names_private(key: DistrictKey) -> None:
    fields = [asked for process in PACKS.get(key).processes.values() for asked in process.fields]

    assert all(asked.student_names for asked in fields if asked.name == "students")


def test_a_policy_without_an_approver_gets_no_stage() -> None:
    assert not any(process.stages for process in PACKS.get(DistrictKey("policy-401-13r2")).processes.values())


def test_a_text_from_one_s_own_phone_is_shown_with_its_condition_and_not_asked_about() -> None:
    said = answer(PACKS.get(DistrictKey("west-st-francois-r4")), COACH)

    assert said.question is None
    assert any("available" in condition for condition in said.provided)
    assert [role.value for role in said.notified] == ["supervisor", "parents"]


def test_where_two_forms_are_possible_the_person_is_asked_first() -> None:
    pack = PACKS.get(DistrictKey("west-st-francois-r4"))

    judgement = judge(pack, facts({"act": "contact", "to": "student", "account": "personal", "activity": "district"}))

    assert isinstance(judgement, Question)
    assert judgement.fact is Fact.channel


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("content", ["sexual", "abuse", "harassing"])
def test_nothing_that_endangers_a_child_is_ever_allowed(key: DistrictKey, content: str) -> None:
    for said in situations({"act": ["contact", "befriend", "post", "open_site"], "content": [content]}):
        found = decide(PACKS.get(key), said)
        assert not found or found[0].rule.ruling is not Ruling.allowed, (said.known, found[0].rule.id)


@pytest.mark.parametrize("key", KEYS)
def test_nobody_s_approval_is_offered_for_what_endangers_a_child(key: DistrictKey) -> None:
    for said in situations({"act": ["contact", "befriend"], "content": ["sexual", "abuse"]}):
        found = decide(PACKS.get(key), said)
        assert all(finding.rule.kind is not Kind.permission for finding in found), said.known


@pytest.mark.parametrize("key", KEYS)
def test_texting_a_student_as_staff_is_never_simply_allowed_on_one_s_own_phone(key: DistrictKey) -> None:
    own = {"act": ["contact"], "to": ["student"], "account": ["personal"], "channel": ["text"], "tie": ["school", "relative"]}
    for said in situations(own, {Fact.approval: ["none", "technology"], Fact.emergency: ["no"]}):
        found = decide(PACKS.get(key), said)
        assert not found or found[0].rule.ruling is not Ruling.allowed, (said.known, found[0].rule.id)


def test_no_exception_opens_texting_with_students_where_none_is_written() -> None:
    pack = PACKS.get(DistrictKey("chsd-230"))
    texting = {"act": ["contact"], "to": ["student"], "channel": ["text"], "content": ["ordinary"], "tie": ["school"]}

    for said in situations(texting, {Fact.activity: ["district", "none"], Fact.direction: ["outgoing"]}):
        found = decide(pack, said)
        assert found[0].rule.ruling is Ruling.prohibited, said.known


@pytest.mark.parametrize("key", KEYS)
def test_what_no_rule_rests_on_is_accounted_for_with_a_reason(key: DistrictKey) -> None:
    kept = tomllib.loads((FOLDER / key / "coverage.toml").read_text(encoding="utf-8"))

    assert kept.keys() <= {"quoted", "information", "silent"}
    for part, reasons in kept.items():
        for named, why in reasons.items():
            assert named in TOPICS if part == "silent" else well_formed(named)
            assert len(why.split()) > 1


def situations(fixed: dict[str, list[str]], also: dict[Fact, list[str]] | None = None) -> list[Facts]:
    """Every combination of the fixed values with what else may bear on them."""
    spread = {
        Fact.tie: ["school", "own_child", "sibling", "community"],
        Fact.channel: ["text", "email", "social", "learning_platform", "in_person"],
        Fact.account: ["personal", "district"],
        Fact.activity: ["district", "outside"],
        Fact.approval: ["none", "granted"],
        Fact.direction: ["outgoing", "incoming"],
        **(also or {}),
        **{Fact(name): values for name, values in fixed.items()},
    }
    return [Facts(dict(zip(spread, values, strict=True))) for values in itertools.product(*spread.values())]
