"""A draft decides only by a sure rule that fits, names what is unusual, and is about the question."""

from collections.abc import Mapping

import numpy as np

from handlers.policy.draft.deciding import decided
from handlers.policy.pack import Conditions, Kind, Rule, Ruling
from handlers.policy.understand.network import Chances
from handlers.policy.vocabulary import VALUES, Fact


def _asking(**said: str) -> Mapping[Fact, Chances]:
    """What the network would be sure of; every other fact is not said."""
    known = {Fact(fact): value for fact, value in {"topic": "contact_students", "asked": "may", **said}.items()}
    return {
        fact: {None: 0.0 if fact in known else 1.0, **{value: float(known.get(fact) == value) for value in VALUES[fact]}} for fact in Fact
    }


def _rule(kind: Kind, *, unless: Conditions | None = None, sure: bool = True, **when: str) -> Rule:
    named = {Fact(fact): (value,) for fact, value in {"topic": "contact_students", **when}.items()}
    return Rule(id="R1", locator="Section 1", says="Something.", kind=kind, when=named, unless=unless or {}, sure=sure)


def _ruling(rules: list[Rule], chances: Mapping[Fact, Chances], near: list[float] | None = None) -> Ruling | None:
    found = decided(rules, np.array(near or [1.0] * len(rules)), chances)
    return found[0] if found else None


def test_a_sure_rule_that_fits_decides() -> None:
    assert _ruling([_rule(Kind.prohibition, channel="text")], _asking(channel="text")) is Ruling.prohibited


def test_a_rule_that_is_not_sure_decides_nothing() -> None:
    assert _ruling([_rule(Kind.prohibition, sure=False)], _asking()) is None


def test_a_ban_about_something_else_decides_nothing() -> None:
    assert _ruling([_rule(Kind.prohibition, channel="call")], _asking(channel="email")) is None


def test_a_yes_needs_that_nobody_near_disagrees() -> None:
    both = [_rule(Kind.allowance), _rule(Kind.prohibition)]

    assert _ruling(both[:1], _asking()) is Ruling.allowed
    assert _ruling(both, _asking()) is not Ruling.allowed


def test_a_yes_names_what_is_unusual() -> None:
    assert _ruling([_rule(Kind.allowance)], _asking(account="personal")) is None
    assert _ruling([_rule(Kind.allowance, account="personal")], _asking(account="personal")) is Ruling.allowed


def test_a_yes_is_about_the_question() -> None:
    assert _ruling([_rule(Kind.allowance, topic="logo_use")], _asking()) is None


def test_an_exemption_needs_the_person_it_names() -> None:
    assert _ruling([_rule(Kind.exemption, tie="own_child")], _asking()) is None
    assert _ruling([_rule(Kind.exemption, tie="own_child")], _asking(tie="own_child")) is Ruling.allowed
    perhaps = {**_asking(), Fact.tie: {None: 0.6, "own_child": 0.4}}
    assert _ruling([_rule(Kind.exemption, tie="own_child")], perhaps) is None


def test_whom_a_ban_leaves_out_it_does_not_bind() -> None:
    ban = _rule(Kind.prohibition, unless={Fact.tie: ("own_child",)})

    assert _ruling([ban], _asking()) is Ruling.prohibited
    assert _ruling([ban], _asking(tie="own_child")) is None


def test_a_duty_answers_who_asks_what_has_to_be_done() -> None:
    assert _ruling([_rule(Kind.duty)], _asking(asked="must")) is Ruling.must_act
    assert _ruling([_rule(Kind.duty)], _asking()) is None


def test_what_is_left_open_fits_half() -> None:
    assert _ruling([_rule(Kind.permission, device="personal")], _asking()) is Ruling.needs_approval


def test_information_is_no_verdict() -> None:
    assert _ruling([_rule(Kind.information)], _asking()) is None
