"""A text becomes a draft that a person can review: kinds, conditions, forms, addresses."""

from pathlib import Path

import pytest

from handlers.people import Role
from handlers.policy.clauses import quote
from handlers.policy.draft.conditions import apart
from handlers.policy.draft.drafting import Nothing, draft
from handlers.policy.pack import Conditions, Kind, Pack
from handlers.policy.quoting import sentences
from handlers.policy.vocabulary import Fact

DOCUMENTS = Path(__file__).parents[3] / "documents"
LETTERED = (DOCUMENTS / "lettered.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return draft("tamarack", LETTERED)


def _rule_at(pack: Pack, words: str) -> Kind:
    text = sentences(LETTERED, pack)
    return next(rule.kind for rule in pack.rules if words in (quote(text, rule.locator) or ""))


def test_a_draft_says_that_it_is_one_and_counts_as_its_text_does(pack: Pack) -> None:
    assert pack.draft
    assert pack.addresses == "printed"
    assert pack.policy == "Policy GCA-7: Digital Contact and Online Conduct of Staff"
    assert "October 3, 2018" in pack.dates


def test_every_rule_leads_to_its_sentence(pack: Pack) -> None:
    text = sentences(LETTERED, pack)

    assert all(quote(text, rule.locator) for rule in pack.rules)


def test_each_sentence_became_what_its_verb_says(pack: Pack) -> None:
    assert _rule_at(pack, "exchange text messages") is Kind.prohibition
    assert _rule_at(pack, "A coach may text") is Kind.permission
    assert _rule_at(pack, "own children") is Kind.exemption


def test_a_permission_opens_a_form_that_its_role_decides(pack: Pack) -> None:
    rule = next(rule for rule in pack.rules if rule.process == "approval-building-principal-technology-director")

    assert [step.role for step in pack.processes[rule.process or ""].stages] == [Role.building_principal, Role.technology_director]


def test_where_a_clause_names_nobody_the_supervisor_decides_and_the_form_says_so() -> None:
    pack = draft("ab", "Staff may text students from a personal phone with prior written approval.\n\nStaff keep every message.")

    assert pack.name == "District ab"
    assert [step.role for step in pack.processes["approval"].stages] == [Role.supervisor]
    assert "district setting" in pack.processes["approval"].intro


def test_one_way_only_allows_that_way_and_closes_the_private_one(pack: Pack) -> None:
    found = [rule for rule in pack.rules if rule.locator == "Section C, item 1"]

    assert [(rule.kind, rule.when[Fact.account]) for rule in found] == [
        (Kind.allowance, ("district",)),
        (Kind.prohibition, ("personal",)),
    ]


def test_a_text_without_a_clause_is_no_policy() -> None:
    with pytest.raises(Nothing):
        draft("empty", "—\n")


def test_whom_a_sentence_leaves_out_it_does_not_speak_of() -> None:
    when: Conditions = {Fact.topic: ("contact_students",), Fact.tie: ("own_child",)}

    assert apart("not to students, except their own children", when, exempts=False) == (
        {Fact.topic: ("contact_students",)},
        {Fact.tie: ("own_child",)},
    )
    assert apart("does not apply to own children, unless", when, exempts=True) == (when, {})
