"""Which rules are heard: those that wait for a fact, those that count only what was said, and those that stand alone."""

import pytest

from handlers.people import Role
from handlers.policy import found as found_before
from handlers.policy.facts import Facts
from handlers.policy.forms import Process, Step
from handlers.policy.hearing import decide
from handlers.policy.judge import judge
from handlers.policy.pack import Pack, Rule, Ruling
from handlers.policy.verdict import Question, Verdict
from handlers.policy.vocabulary import Fact

CALLS = {Fact.channel: ("call",)}


def a_rule(rule_id: str, kind: str, **more: object) -> Rule:
    return Rule.model_validate({"id": rule_id, "locator": "item 1", "says": "As it is.", "kind": kind, **more})


def a_pack(*rules: Rule, **processes: Process) -> Pack:
    return Pack(key="maple-grove", name="Maple", policy="P 12", dates="2020", fingerprint="0" * 64, rules=rules, processes=processes)


def a_form(rule_id: str, role: Role) -> Process:
    asked = {"name": "reason", "label": "Reason"}
    stages = (Step(role=role, rule=rule_id),)
    return Process.model_validate(
        {"title": "A form", "rule": rule_id, "kind": "permission", "intro": "Ask.", "fields": [asked], "stages": stages}
    )


def test_a_rule_that_waits_for_a_fact_makes_the_bot_ask_for_it() -> None:
    pack = a_pack(a_rule("A", "allowance"), a_rule("B", "prohibition", when=CALLS))

    judgement = judge(pack, Facts())

    assert isinstance(judgement, Question)
    assert judgement.fact is Fact.channel


def test_a_rule_that_counts_only_what_was_said_is_not_asked_about() -> None:
    pack = a_pack(a_rule("A", "allowance"), a_rule("B", "prohibition", said=CALLS))

    silent, spoken = judge(pack, Facts()), judge(pack, Facts({Fact.channel: "call"}))

    assert isinstance(silent, Verdict)
    assert silent.ruling is Ruling.allowed
    assert isinstance(spoken, Verdict)
    assert spoken.ruling is Ruling.prohibited
    assert spoken.findings[0].matched == {Fact.channel: "call"}


def test_a_rule_that_stands_alone_silences_the_stronger_ones() -> None:
    pack = a_pack(a_rule("A", "prohibition"), a_rule("B", "information", alone=True), a_rule("C", "stop"))

    assert [finding.rule.id for finding in decide(pack, Facts())] == ["B"]


def test_of_two_that_stand_alone_the_stronger_is_heard_first() -> None:
    pack = a_pack(a_rule("A", "information", alone=True), a_rule("B", "stop", alone=True))

    assert [finding.rule.id for finding in decide(pack, Facts())] == ["B", "A"]


def test_where_two_forms_go_to_different_people_the_bot_asks_which() -> None:
    pack = a_pack(
        a_rule("A", "permission", when=CALLS, process="one", over=["B"]),
        a_rule("B", "permission", process="two"),
        one=a_form("A", Role.supervisor),
        two=a_form("B", Role.superintendent),
    )

    judgement = judge(pack, Facts())

    assert isinstance(judgement, Question)
    assert judgement.fact is Fact.channel


def test_an_open_fact_that_changes_nothing_is_not_shown_as_known() -> None:
    pack = a_pack(a_rule("A", "allowance"), a_rule("B", "allowance", when=CALLS))

    judgement = judge(pack, Facts())

    assert isinstance(judgement, Verdict)
    assert [finding.rule.id for finding in judgement.findings] == ["A"]


def test_what_was_found_for_facts_is_kept_and_never_more_of_it_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_before, "KEPT", 2)
    pack = a_pack(a_rule("A", "prohibition", when=CALLS), a_rule("B", "allowance", when={Fact.channel: ("email",)}))
    told = [Facts({Fact.channel: channel}, {Fact.channel: words}) for words in ("once", "again") for channel in ("call", "email", "paper")]

    found = [[finding.rule.id for finding in decide(pack, facts)] for facts in told]

    assert found == [["A"], ["B"], []] * 2
    assert len(pack.found.stood) <= 2
