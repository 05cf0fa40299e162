import pytest

from handlers.policy.facts import Facts
from handlers.policy.pack import Kind, Ruling
from handlers.policy.verdict import Finding, Verdict
from handlers.policy.vocabulary import Fact
from tests.rulebook import a_rule


def test_a_verdict_that_rests_on_nothing_cannot_be_given():
    with pytest.raises(ValueError, match="needs the clause it rests on"):
        Verdict(Facts(), ())


def test_the_first_finding_decides_and_the_others_stand_beside_it():
    never = Finding(a_rule("R1", Kind.prohibition), {Fact.channel: "text"}, Ruling.prohibited)
    fine = Finding(a_rule("R2", Kind.allowance), {}, Ruling.allowed)

    verdict = Verdict(Facts(), (never, fine))

    assert verdict.deciding is never.rule
    assert verdict.ruling is Ruling.prohibited
