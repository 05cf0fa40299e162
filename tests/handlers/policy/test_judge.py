from collections.abc import Callable, Iterator
from itertools import pairwise, product

import pytest
from hypothesis import assume, reject, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from handlers.people import Role
from handlers.policy import judge as judging
from handlers.policy.facts import Facts
from handlers.policy.hearing import applies, decide
from handlers.policy.judge import STRICTNESS, judge
from handlers.policy.pack import Kind, Pack, Rule, Ruling, Settings
from handlers.policy.verdict import Change, Judgement, Question, Silence, Verdict
from handlers.policy.vocabulary import VALUES, Fact
from tests.rulebook import a_pack, a_process, a_rule, given

TEXT = {Fact.channel: ["text"]}
OWN_PHONE = {Fact.account: ["personal"]}


def ruling_of(judgement: Judgement) -> Ruling:
    assert isinstance(judgement, Verdict | Silence)
    return judgement.ruling if isinstance(judgement, Verdict) else Ruling.not_covered


def question_of(judgement: Judgement) -> Question:
    assert isinstance(judgement, Question)
    return judgement


def decided_by(judgement: Judgement) -> str:
    assert isinstance(judgement, Verdict)
    return judgement.deciding.id


# Which rule is heard


def test_a_coach_may_text_her_own_child_although_texting_students_is_prohibited():
    never = a_rule("R1", Kind.prohibition, TEXT)
    own_child = a_rule("R2", Kind.exemption, {Fact.tie: ["own_child"]})
    pack = a_pack(never, own_child)

    assert decided_by(judge(pack, given(channel="text", tie="own_child"))) == "R2"
    assert decided_by(judge(pack, given(channel="text"))) == "R1"


def test_not_even_a_parent_is_exempt_from_a_stop():
    own_child = a_rule("R1", Kind.exemption, {Fact.tie: ["own_child"]})
    stop = a_rule("R2", Kind.stop, {Fact.content: ["sexual"]})

    assert decided_by(judge(a_pack(own_child, stop), given(tie="own_child", content="sexual"))) == "R2"


def test_what_has_to_be_reported_is_heard_before_an_exemption():
    own_child = a_rule("R1", Kind.exemption, {Fact.tie: ["own_child"]})
    report = a_rule("R2", Kind.report, {Fact.content: ["abuse"]})

    assert ruling_of(judge(a_pack(own_child, report), given(tie="own_child", content="abuse"))) is Ruling.must_act


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(Kind)))
def test_each_kind_is_heard_before_the_next_wherever_it_stands(earlier: Kind, later: Kind):
    pack = a_pack(a_rule("R1", later), a_rule("R2", earlier))

    assert decided_by(judge(pack, Facts())) == "R2"


def test_among_rules_of_one_kind_the_policys_own_order_counts():
    assert decided_by(judge(a_pack(a_rule("R2", Kind.duty), a_rule("R1", Kind.duty)), Facts())) == "R2"


def test_a_rule_beats_those_that_it_is_over_even_if_they_are_heard_before_it():
    never = a_rule("R1", Kind.prohibition)
    consequence = a_rule("R2", Kind.information, {Fact.asked: ["consequence"]}, over=["R1"])
    pack = a_pack(never, consequence)

    verdict = judge(pack, given(asked="consequence"))

    assert decided_by(verdict) == "R2"
    assert isinstance(verdict, Verdict)
    assert [finding.rule.id for finding in verdict.findings] == ["R2"]
    assert decided_by(judge(pack, Facts())) == "R1"


def test_a_rule_alone_silences_every_rule_that_is_not_alone():
    child_in_danger = a_rule("R1", Kind.referral, {Fact.content: ["abuse"]}, alone=True)
    pack = a_pack(a_rule("R2", Kind.prohibition), child_in_danger)

    assert decided_by(judge(pack, given(content="abuse"))) == "R1"
    assert decided_by(judge(pack, Facts())) == "R2"


def test_two_rules_alone_are_heard_in_their_order():
    pack = a_pack(a_rule("R1", Kind.referral, alone=True), a_rule("R2", Kind.stop, alone=True), a_rule("R3", Kind.stop))

    assert [finding.rule.id for finding in decide(pack, Facts())] == ["R2", "R1"]


def test_an_unless_keeps_a_rule_out():
    pack = a_pack(a_rule("R1", Kind.prohibition, TEXT, unless={"emergency": ["yes"]}), a_rule("R2", Kind.allowance))

    assert decided_by(judge(pack, given(channel="text", emergency="yes"))) == "R2"
    assert decided_by(judge(pack, given(channel="text"))) == "R1"


def test_an_unless_that_nobody_mentioned_neither_keeps_out_nor_is_asked_about():
    rule = a_rule("R1", Kind.prohibition, unless={"form": ["missing"]})

    assert applies(rule, Facts()) is True
    assert decided_by(judge(a_pack(rule), Facts())) == "R1"


def test_what_has_to_be_said_keeps_a_rule_out_until_somebody_says_it():
    rule = a_rule("R1", Kind.prohibition, said={"duty": ["on"]})

    assert applies(rule, Facts()) is False
    assert applies(rule, given(duty="off")) is False
    assert applies(rule, given(duty="on")) is True
    assert judge(a_pack(rule), Facts()) == Silence(Facts())


def test_every_condition_of_a_rule_has_to_hold():
    rule = a_rule("R1", Kind.prohibition, TEXT | OWN_PHONE)

    assert applies(rule, given(channel="text", account="personal")) is True
    assert applies(rule, given(channel="text")) is None
    assert applies(rule, given(channel="text", account="district")) is False
    assert applies(rule, given(channel="email")) is False


def test_a_verdict_names_the_facts_that_it_rests_on():
    rule = a_rule("R1", Kind.prohibition, TEXT | {Fact.to: ["student"]}, said={"duty": ["on"]})

    (finding,) = decide(a_pack(rule), given(channel="text", duty="on", device="personal"))

    assert finding.matched == {Fact.channel: "text", Fact.to: "student", Fact.duty: "on"}


def test_an_open_fact_is_not_given_when_the_rules_are_asked_directly():
    assert decide(a_pack(a_rule("R1", Kind.prohibition, TEXT)), Facts()) == ()


# What is asked


def test_the_open_fact_that_decides_is_asked_and_only_that_one():
    never = a_rule("R1", Kind.prohibition, OWN_PHONE)
    either_way = a_rule("R2", Kind.prohibition, OWN_PHONE | {Fact.device: ["personal"]})
    pack = a_pack(never, either_way, a_rule("R3", Kind.allowance))

    question = question_of(judge(pack, given(channel="text")))

    assert question.fact is Fact.account
    assert ruling_of(judge(pack, given(channel="text", account="personal"))) is Ruling.prohibited
    assert ruling_of(judge(pack, given(channel="text", account="district"))) is Ruling.allowed


def test_a_question_offers_what_the_rules_name_and_one_for_all_the_rest():
    never = a_rule("R1", Kind.prohibition, {Fact.channel: ["social", "text"]})

    question = question_of(judge(a_pack(never, a_rule("R2", Kind.allowance)), Facts()))

    assert question.values == ("text", "social", "call")


def test_a_question_offers_nothing_more_when_the_rules_name_everything():
    own, ours = a_rule("R1", Kind.prohibition, {Fact.device: ["personal"]}), a_rule("R2", Kind.allowance, {Fact.device: ["district"]})

    assert question_of(judge(a_pack(own, ours), Facts())).values == ("personal", "district")


def test_a_question_shows_the_rules_that_hang_on_it_the_sternest_first():
    fine = a_rule("R1", Kind.allowance)
    ask_first = a_rule("R2", Kind.permission, {Fact.channel: ["call"]})
    never = a_rule("R3", Kind.prohibition, TEXT)

    question = question_of(judge(a_pack(fine, ask_first, never), Facts()))

    assert [finding.rule.id for finding in question.nearest] == ["R3", "R2", "R1"]


def test_a_question_shows_first_what_hangs_on_it_even_if_something_sterner_hangs_on_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "QUESTIONS", {Fact.channel: "How would you be in touch?"})
    sterner = a_rule("R1", Kind.prohibition, {Fact.device: ["district"]})
    hanging = a_rule("R2", Kind.caution, TEXT)

    question = question_of(judge(a_pack(sterner, hanging), Facts()))

    assert [finding.rule.id for finding in question.nearest] == ["R2", "R1"]


def test_an_open_fact_that_cannot_matter_is_never_asked():
    stop = a_rule("R1", Kind.stop, {Fact.content: ["sexual"]})
    hanging = a_rule("R2", Kind.allowance, TEXT)

    assert decided_by(judge(a_pack(stop, hanging), given(content="sexual"))) == "R1"


def test_a_fact_that_many_rules_name_is_not_asked_when_only_others_decide():
    same = a_rule("R1", Kind.prohibition, {Fact.device: ["personal"], Fact.network: ["other"]})
    same_too = a_rule("R2", Kind.prohibition, {Fact.device: ["district"], Fact.network: ["district"]})
    idle = [a_rule(f"I{number}", Kind.information, {Fact.duty: ["on"]}) for number in range(3)]
    pack = a_pack(same, same_too, a_rule("R3", Kind.allowance), *idle)

    assert question_of(judge(pack, Facts())).fact in {Fact.device, Fact.network}


def test_the_fact_that_settles_the_most_is_asked_first():
    never = a_rule("R1", Kind.prohibition, OWN_PHONE)
    ask_first = a_rule("R2", Kind.permission, {Fact.account: ["district"], Fact.channel: ["social"]})
    pack = a_pack(never, ask_first)

    assert question_of(judge(pack, Facts())).fact is Fact.account


def test_the_same_ruling_by_two_forms_is_a_difference_worth_a_question():
    phone = a_rule("R1", Kind.permission, TEXT, process="phone")
    site = a_rule("R2", Kind.permission, process="site")
    processes = {"phone": a_process("R1", Role.supervisor), "site": a_process("R2", Role.building_principal)}

    question = question_of(judge(a_pack(phone, site, processes=processes), Facts()))

    assert question.fact is Fact.channel


def test_a_verdict_rests_on_what_was_said_and_not_on_what_might_be():
    certain = a_rule("R2", Kind.prohibition)
    possible = a_rule("R1", Kind.stop, TEXT)

    assert decided_by(judge(a_pack(possible, certain), Facts())) == "R2"


def test_where_every_way_leads_to_the_same_ruling_all_its_clauses_are_shown():
    own = a_rule("R1", Kind.prohibition, {Fact.device: ["personal"]})
    ours = a_rule("R2", Kind.stop, {Fact.device: ["district"]})

    verdict = judge(a_pack(own, ours), Facts())

    assert isinstance(verdict, Verdict)
    assert verdict.ruling is Ruling.prohibited
    assert [finding.rule.id for finding in verdict.findings] == ["R2", "R1"]


def test_a_rule_that_hangs_on_more_than_three_open_facts_is_not_forgotten():
    rare = {Fact.channel: ["text"], Fact.account: ["personal"], Fact.device: ["personal"], Fact.duty: ["off"], Fact.network: ["other"]}
    pack = a_pack(a_rule("R1", Kind.prohibition, rare))
    known = Facts()

    asked = []
    while isinstance(judgement := judge(pack, known), Question):
        asked.append(judgement.fact)
        known = known.having(judgement.fact, rare[judgement.fact][0])

    assert set(asked) == set(rare)
    assert decided_by(judgement) == "R1"


def test_one_answer_ends_it_when_a_rule_hangs_on_more_than_three_open_facts():
    rare = {Fact.channel: ["text"], Fact.account: ["personal"], Fact.device: ["personal"], Fact.duty: ["off"]}
    pack = a_pack(a_rule("R1", Kind.prohibition, rare))

    question = question_of(judge(pack, Facts()))
    other = next(value for value in question.values if value not in rare[question.fact])

    assert isinstance(judge(pack, Facts().having(question.fact, other)), Silence)


@pytest.mark.parametrize(("kind", "falls_to"), [(Kind.exemption, "R1"), (Kind.permission, "R1"), (Kind.stop, "R2")])
def test_a_fact_that_nobody_can_be_asked_about_falls_to_the_strictest(kind: Kind, falls_to: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "QUESTIONS", {})
    pack = a_pack(a_rule("R1", Kind.prohibition), a_rule("R2", kind, TEXT, process="own-phone"))

    assert decided_by(judge(pack, Facts())) == falls_to


def test_where_nobody_can_be_asked_silence_is_taken_only_if_nothing_stricter_may_hold(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "QUESTIONS", {})

    assert isinstance(judge(a_pack(a_rule("R1", Kind.allowance, TEXT)), Facts()), Silence)
    assert decided_by(judge(a_pack(a_rule("R1", Kind.caution, TEXT)), Facts())) == "R1"


def test_a_fact_that_can_be_asked_is_not_asked_when_only_another_matters(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "QUESTIONS", {Fact.device: "Whose device would you use?"})
    never = a_rule("R1", Kind.prohibition, TEXT)
    idle = a_rule("R2", Kind.information, {Fact.device: ["personal"]})
    pack = a_pack(never, a_rule("R3", Kind.allowance), idle)

    assert decided_by(judge(pack, Facts())) == "R1"


# What the policy does not say, and what the district adds


def test_where_no_rule_applies_the_policy_is_silent():
    facts = given(channel="paper")

    assert judge(a_pack(a_rule("R1", Kind.prohibition, TEXT)), facts) == Silence(facts)


def test_the_district_knows_facts_about_itself():
    pack = a_pack(a_rule("R1", Kind.duty, {Fact.portal: ["yes"]}), settings=Settings(facts={Fact.portal: "yes"}))

    verdict = judge(pack, Facts())

    assert decided_by(verdict) == "R1"
    assert verdict.facts.get(Fact.portal) == "yes"


def test_what_a_person_says_beats_what_the_district_set():
    pack = a_pack(a_rule("R1", Kind.duty, {Fact.portal: ["yes"]}), settings=Settings(facts={Fact.portal: "yes"}))

    assert isinstance(judge(pack, given(portal="no")), Silence)


def test_the_words_that_showed_a_fact_stay_with_it():
    facts = Facts({Fact.channel: "text"}, {Fact.channel: "text my team"})

    assert judge(a_pack(a_rule("R1", Kind.prohibition, TEXT)), facts).facts.words == {Fact.channel: "text my team"}


# What would change it


def changes_of(pack: Pack, **known: str) -> tuple[Change, ...]:
    verdict = judge(pack, given(**known))
    assert isinstance(verdict, Verdict)
    return verdict.changes


def test_a_verdict_says_which_single_fact_would_change_it_and_to_what():
    pack = a_pack(a_rule("R1", Kind.prohibition, OWN_PHONE), a_rule("R2", Kind.allowance, {Fact.account: ["district"]}))

    assert changes_of(pack, account="personal") == (Change(Fact.account, "district", Ruling.allowed),)


def test_a_change_into_silence_is_no_advice():
    assert changes_of(a_pack(a_rule("R1", Kind.prohibition, OWN_PHONE)), account="personal") == ()


def test_a_change_that_leads_to_the_same_ruling_is_none():
    assert changes_of(a_pack(a_rule("R1", Kind.prohibition), a_rule("R2", Kind.stop, TEXT)), channel="email") == ()


def test_what_only_keeps_a_rule_out_can_change_a_verdict_too():
    pack = a_pack(a_rule("R1", Kind.prohibition, unless={"purpose": ["promotion"]}), a_rule("R2", Kind.caution))

    assert changes_of(pack) == (Change(Fact.purpose, "promotion", Ruling.discouraged),)


def test_a_fact_that_nobody_can_be_asked_about_is_no_advice():
    pack = a_pack(a_rule("R1", Kind.prohibition), a_rule("R2", Kind.exemption, {Fact.approval: ["granted"]}))

    assert changes_of(pack) == ()


def test_an_open_fact_is_no_advice():
    pack = a_pack(a_rule("R1", Kind.prohibition), a_rule("R2", Kind.stop, TEXT))

    assert changes_of(pack) == ()


def test_a_change_that_would_only_lead_to_another_question_is_not_promised():
    never = a_rule("R1", Kind.prohibition, OWN_PHONE)
    ours = a_rule("R2", Kind.allowance, {Fact.account: ["district"]})
    ours_by_text = a_rule("R3", Kind.permission, {Fact.account: ["district"]} | TEXT)

    assert changes_of(a_pack(never, ours, ours_by_text), account="personal") == ()


# Whatever the policy


def few(test: Callable[..., None]) -> Callable[..., None]:
    """Each judges a whole policy, many times over: fifty times, and over code whose every line the tests above walk, so uncounted."""
    uncounted: Callable[..., None] = pytest.mark.no_cover(settings(max_examples=50)(test))
    return uncounted


OPEN = (Fact.account, Fact.activity, Fact.device, Fact.duty)  # nothing is presumed of these
PRESUMED = (Fact.tie, Fact.content)


def conditions(*facts: Fact) -> st.SearchStrategy[dict[Fact, list[str]]]:
    some = st.sampled_from(facts).flatmap(
        lambda fact: st.tuples(st.just(fact), st.lists(st.sampled_from(list(VALUES[fact])), min_size=1, max_size=2))
    )
    return st.lists(some, max_size=3).map(dict)


def rules(*, sure: bool) -> st.SearchStrategy[list[Rule]]:
    """Up to six rules; where it is to be sure, `unless` and `said` speak of what is never open."""
    known = PRESUMED if sure else (*PRESUMED, *OPEN)
    keys = ["R1", "R2", "R3", "R4", "R5", "R6"]
    more = st.fixed_dictionaries(
        {"unless": conditions(*known), "said": conditions(*known)},
        optional={"over": st.lists(st.sampled_from(keys), max_size=1), "process": st.sampled_from(["phone", "site"])},
    )
    drawn = st.lists(st.tuples(st.sampled_from(Kind), conditions(*PRESUMED, *OPEN), more), min_size=1, max_size=6)
    return drawn.map(lambda found: [a_rule(key, kind, when, **rest) for key, (kind, when, rest) in zip(keys, found, strict=False)])


def packs(*, sure: bool = False) -> st.SearchStrategy[Pack]:
    return rules(sure=sure).map(lambda found: a_pack(*found))


# Policies under which much hangs on what nobody said yet.
hanging = st.lists(st.tuples(st.sampled_from(Kind), conditions(*OPEN)), min_size=2, max_size=6).map(
    lambda drawn: a_pack(*(a_rule(f"R{number}", kind, when) for number, (kind, when) in enumerate(drawn)))
)

situations = st.lists(st.sampled_from((*OPEN, *PRESUMED)), max_size=3, unique=True).flatmap(
    lambda facts: st.fixed_dictionaries({fact: st.sampled_from(list(VALUES[fact])) for fact in facts}).map(Facts)
)


def ways(facts: Facts) -> Iterator[Facts]:
    """Every way of filling in what is open."""
    unsaid = [fact for fact in OPEN if facts.get(fact) is None]
    for values in product(*(VALUES[fact] for fact in unsaid)):
        yield Facts({**facts.known, **dict(zip(unsaid, values, strict=True))})


def upshot(pack: Pack, facts: Facts) -> tuple[Ruling, str | None]:
    findings = decide(pack, facts)
    return (findings[0].rule.ruling, findings[0].rule.process) if findings else (Ruling.not_covered, None)


@few
@whatever(packs(), situations)
def test_judging_twice_is_judging_once(pack: Pack, facts: Facts):
    assert judge(pack, facts) == judge(pack, facts)


@few
@whatever(packs(), situations)
def test_the_rule_that_decides_applies_or_may_apply(pack: Pack, facts: Facts):
    verdict = judge(pack, facts)
    if not isinstance(verdict, Verdict):
        reject()

    named = {**verdict.deciding.when, **verdict.deciding.said}
    asked_about = [fact for fact in named if facts.get(fact) is None]  # what only `unless` names stays open
    filled = (dict(zip(asked_about, values, strict=True)) for values in product(*(VALUES[fact] for fact in asked_about)))
    assert any(applies(verdict.deciding, Facts({**facts.known, **way})) for way in filled)


@few
@whatever(packs(sure=True), situations)
def test_a_verdict_holds_whatever_is_still_open(pack: Pack, facts: Facts):
    judgement = judge(pack, facts)
    assume(not isinstance(judgement, Question))

    assert {upshot(pack, way)[0] for way in ways(facts)} == {ruling_of(judgement)}


@few
@whatever(hanging, situations)
def test_a_question_is_about_a_fact_that_matters(pack: Pack, facts: Facts):
    question = judge(pack, facts)
    if not isinstance(question, Question):
        reject()
    fact = question.fact

    others = [way for way in ways(facts) if way.get(fact) == next(iter(VALUES[fact]))]

    assert any(len({upshot(pack, way.having(fact, value)) for value in VALUES[fact]}) > 1 for way in others)


@few
@whatever(hanging, situations)
def test_a_question_offers_a_button_for_every_way_it_may_go(pack: Pack, facts: Facts):
    question = judge(pack, facts)
    if not isinstance(question, Question):
        reject()
    fact, offered = question.fact, question.values

    def where(value: str) -> list[tuple[Ruling, str | None]]:
        return [upshot(pack, way) for way in ways(facts.having(fact, value))]

    reached = [where(value) for value in offered]

    assert len(set(offered)) == len(offered) > 1
    assert all(where(value) in reached for value in VALUES[fact])


@few
@whatever(hanging, situations)
def test_an_answered_question_is_not_asked_again_and_there_is_an_end_to_asking(pack: Pack, facts: Facts):
    question = judge(pack, facts)
    if not isinstance(question, Question):
        reject()

    for value in question.values:
        known, asked = question.facts.having(question.fact, value), {question.fact}
        while isinstance(following := judge(pack, known), Question):
            assert following.fact not in asked
            asked.add(following.fact)
            known = known.having(following.fact, following.values[-1])


@few
@whatever(packs(sure=True), situations, conditions(*PRESUMED, *OPEN))
def test_one_more_exemption_never_makes_a_verdict_stricter(pack: Pack, facts: Facts, when: dict[Fact, list[str]]):
    before, after = judge(pack, facts), judge(a_pack(*pack.rules, a_rule("X1", Kind.exemption, when)), facts)
    assume(not isinstance(before, Question) and not isinstance(after, Question))

    assert STRICTNESS.index(ruling_of(after)) >= STRICTNESS.index(ruling_of(before))


@few
@whatever(packs(sure=True), situations, conditions(*PRESUMED, *OPEN))
def test_one_more_stop_never_makes_a_verdict_milder(pack: Pack, facts: Facts, when: dict[Fact, list[str]]):
    before, after = judge(pack, facts), judge(a_pack(*pack.rules, a_rule("X1", Kind.stop, when)), facts)
    assume(not isinstance(before, Question) and not isinstance(after, Question))

    assert STRICTNESS.index(ruling_of(after)) <= STRICTNESS.index(ruling_of(before))


@few
@whatever(packs(sure=True), situations)
def test_what_is_said_to_change_a_verdict_does(pack: Pack, facts: Facts):
    verdict = judge(pack, facts)
    if not isinstance(verdict, Verdict):
        reject()

    for change in verdict.changes:
        rulings = {upshot(pack, way)[0] for way in ways(facts.having(change.fact, change.value))}
        assert rulings == {change.ruling} != {verdict.ruling}


def test_the_same_facts_are_judged_once_and_each_judgement_shows_its_own_words(monkeypatch: pytest.MonkeyPatch):
    pack = a_pack(a_rule("A", Kind.prohibition, {Fact.channel: ["call"]}))
    first = judge(pack, Facts({Fact.channel: "call"}, {Fact.channel: "ring"}))
    monkeypatch.setattr(judging, "_judged", lambda *_: pytest.fail("judged twice"))

    second = judge(pack, Facts({Fact.channel: "call"}, {Fact.channel: "phone"}))

    assert (first.facts.words, second.facts.words) == ({Fact.channel: "ring"}, {Fact.channel: "phone"})
    assert isinstance(first, Verdict)
    assert isinstance(second, Verdict)
    assert (first.findings, first.changes) == (second.findings, second.changes)
