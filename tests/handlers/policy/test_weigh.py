"""Several ways of reading one question: the likeliest that is safe to give, and none where a wrong yes is too likely."""

import pytest

from handlers.policy import weigh as weighing
from handlers.policy.facts import Facts
from handlers.policy.judge import judge
from handlers.policy.pack import Kind, Pack, Ruling
from handlers.policy.verdict import Judgement, Lost, Question, Verdict
from handlers.policy.vocabulary import Fact
from handlers.policy.weigh import Doubts, weigh
from tests.rulebook import a_pack, a_rule, given


@pytest.fixture
def pack() -> Pack:
    return a_pack(
        a_rule("R1", Kind.prohibition, {Fact.channel: ["text"]}),
        a_rule("R2", Kind.allowance, {Fact.channel: ["email", "call"]}),
        a_rule("R3", Kind.permission, {Fact.channel: ["social"]}),
        a_rule("R4", Kind.caution, {Fact.channel: ["paper"]}),
    )


def ruling(judgement: Judgement) -> Ruling | None:
    return judgement.ruling if isinstance(judgement, Verdict) else None


def weighed(pack: Pack, **chances: float) -> Judgement:
    likeliest = max(chances, key=lambda value: chances[value])
    return weigh(pack, given(channel=likeliest), {Fact.channel: dict(chances.items())})


def test_without_doubts_it_is_just_judged(pack: Pack) -> None:
    assert weigh(pack, given(channel="text"), {}) == judge(pack, given(channel="text"))


def test_the_likeliest_answer_is_given_with_the_facts_that_lead_to_it(pack: Pack) -> None:
    judgement = weighed(pack, text=0.8, email=0.2)

    assert isinstance(judgement, Verdict)
    assert judgement.ruling is Ruling.prohibited
    assert judgement.facts.get(Fact.channel) == "text"


def test_readings_that_agree_count_together(pack: Pack) -> None:
    assert ruling(weighed(pack, paper=0.7, text=0.15, email=0.15)) is Ruling.discouraged
    assert ruling(weighed(pack, paper=0.4, email=0.35, call=0.25)) is not Ruling.prohibited
    assert ruling(weighed(pack, paper=0.2, email=0.45, call=0.35)) is Ruling.allowed


def test_a_likely_yes_that_may_be_wrong_is_not_given(pack: Pack) -> None:
    assert ruling(weighed(pack, email=0.6, text=0.4)) is not Ruling.allowed


def test_a_fact_that_may_not_be_said_at_all_is_weighed_too(pack: Pack) -> None:
    assert weigh(pack, Facts(), {Fact.channel: {None: 0.7, "text": 0.3}}) == judge(pack, Facts())


def test_where_one_fact_settles_what_is_in_doubt_it_is_asked(pack: Pack) -> None:
    judgement = weighed(pack, email=0.5, social=0.3, paper=0.2)

    assert isinstance(judgement, Question)
    assert judgement.fact is Fact.channel
    assert judgement.values == ("email", "social", "paper")
    assert [finding.rule.id for finding in judgement.nearest] == ["R2", "R3", "R4"]


def test_where_the_fact_in_doubt_cannot_be_asked_nearest_rules_are_shown() -> None:
    pack = a_pack(a_rule("R1", Kind.prohibition, {Fact.content: ["sexual"]}), a_rule("R2", Kind.allowance, {Fact.content: ["ordinary"]}))

    judgement = weigh(pack, given(content="ordinary"), {Fact.content: {"ordinary": 0.82, "sexual": 0.18}})

    assert isinstance(judgement, Lost)
    assert [rule.id for rule in judgement.nearest] == ["R2", "R1"]


def test_a_question_that_would_settle_little_is_not_asked() -> None:
    pack = a_pack(
        a_rule("R1", Kind.prohibition, {Fact.content: ["sexual"]}),
        a_rule("R2", Kind.allowance, {Fact.content: ["ordinary"], Fact.channel: ["text"]}),
        a_rule("R3", Kind.caution, {Fact.content: ["ordinary"], Fact.channel: ["email"]}),
    )
    doubts: Doubts = {Fact.content: {"ordinary": 0.82, "sexual": 0.18}, Fact.channel: {"text": 0.9, "email": 0.1}}

    assert isinstance(weigh(pack, given(content="ordinary", channel="text"), doubts), Lost)


def test_many_doubts_are_weighed_in_bounded_time(pack: Pack) -> None:
    even = {fact: {"personal": 0.5, None: 0.5} for fact in (Fact.account, Fact.device, Fact.recipient, Fact.purpose)}

    judgement = weigh(pack, given(channel="text"), {Fact.channel: {"text": 0.6, "email": 0.4}, **even})

    assert ruling(judgement) is Ruling.prohibited


def grave_pack() -> Pack:
    return a_pack(
        a_rule("R1", Kind.allowance, {Fact.topic: ["district_channel"]}),
        a_rule("R2", Kind.report, {Fact.topic: ["student_danger"]}, alone=True),
        a_rule("R3", Kind.stop, {Fact.content: ["sexual"]}),
        a_rule("R4", Kind.caution, {Fact.topic: ["hours"]}),
    )


def test_a_child_that_may_be_at_risk_goes_before_a_mild_answer() -> None:
    mild = given(topic="district_channel")

    assert ruling(weigh(grave_pack(), mild, {})) is Ruling.allowed
    assert ruling(weigh(grave_pack(), mild, {}, given(topic="student_danger"))) is Ruling.must_act
    assert ruling(weigh(grave_pack(), given(topic="copyright"), {}, given(topic="copyright", content="sexual"))) is Ruling.prohibited


def test_an_alarm_that_leads_to_nothing_or_a_strict_answer_change_nothing() -> None:
    mild, strict = given(topic="district_channel"), given(topic="hours")

    assert ruling(weigh(grave_pack(), mild, {}, given(topic="child_abuse"))) is Ruling.allowed
    assert ruling(weigh(grave_pack(), strict, {}, given(topic="student_danger"))) is Ruling.discouraged


def test_where_nothing_is_worth_saying_we_are_lost(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    monkeypatch.setattr(weighing, "ENOUGH", 1.1)

    assert isinstance(weighed(pack, email=0.6, text=0.4), Lost)


def test_a_question_back_is_worth_what_it_is_likely_to_be(pack: Pack) -> None:
    asking = a_pack(
        a_rule("R1", Kind.prohibition, {Fact.to: ["parent"], Fact.account: ["personal"]}),
        a_rule("R2", Kind.allowance, {Fact.to: ["parent"]}),
    )

    judgement = weigh(asking, given(to="parent"), {Fact.to: {"parent": 0.8, "student": 0.2}})

    assert isinstance(judgement, Question)
