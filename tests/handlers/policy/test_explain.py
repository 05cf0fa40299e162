from collections.abc import Sequence

from handlers.people import Role
from handlers.policy.clauses import Sentence
from handlers.policy.explain import SHOWN, Explained, explain
from handlers.policy.facts import Facts
from handlers.policy.judge import judge
from handlers.policy.pack import Kind, Pack, Ruling, Settings
from handlers.policy.verdict import Change, Lost, Silence
from handlers.policy.vocabulary import Fact
from tests.rulebook import a_pack, a_process, a_rule, given

TEXT = {Fact.channel: ["text"]}
COUNSELOR = Settings(ask=Role.counselor)


def explained(pack: Pack, facts: Facts, text: Sequence[Sentence] = ()) -> Explained:
    return explain(pack, judge(pack, facts), text)


def cited(shown: Explained) -> list[str]:
    return [citation.rule for citation in shown.citations]


def test_a_verdict_shows_its_clause_the_clauses_it_names_and_then_what_else_applies():
    never = a_rule("R1", Kind.prohibition, TEXT, also=["R4", "R2"], instead="Use e-mail.", provided=["It is about school."])
    pack = a_pack(a_rule("R2", Kind.information), a_rule("R3", Kind.duty), a_rule("R4", Kind.stop, {Fact.content: ["sexual"]}), never)

    shown = explained(pack, given(channel="text"))

    assert shown.ruling is Ruling.prohibited
    assert cited(shown) == ["R1", "R4", "R2", "R3"]
    assert (shown.instead, shown.provided) == ("Use e-mail.", ("It is about school.",))
    assert (shown.question, shown.choices, shown.lost) == (None, (), "")


def test_a_reading_list_is_cut_to_an_answer():
    pack = a_pack(*(a_rule(f"R{number}", Kind.allowance) for number in range(SHOWN + 2)))

    assert cited(explained(pack, Facts())) == [f"R{number}" for number in range(SHOWN)]


def test_a_permission_shows_who_decides_in_turn_its_form_and_everybody_who_is_told_once():
    rule = a_rule("R1", Kind.permission, TEXT, process="own-phone", tells=["parents", "supervisor"])
    process = a_process("R1", Role.building_principal, Role.technology_department, tells=[Role.supervisor, Role.board])
    pack = a_pack(rule, processes={"own-phone": process})

    shown = explained(pack, given(channel="text"))

    assert shown.approvers == (Role.building_principal, Role.technology_department)
    assert shown.notified == (Role.parents, Role.supervisor, Role.board)
    assert shown.process == "own-phone"


def test_a_rule_without_a_form_shows_nobody_who_decides():
    shown = explained(a_pack(a_rule("R1", Kind.notice, tells=["counselor"])), Facts())

    assert (shown.process, shown.approvers, shown.notified) == (None, (), (Role.counselor,))


def test_what_would_change_a_verdict_is_shown():
    pack = a_pack(a_rule("R1", Kind.prohibition, TEXT), a_rule("R2", Kind.allowance, {Fact.channel: ["email"]}))

    assert explained(pack, given(channel="text")).changes == (Change(Fact.channel, "email", Ruling.allowed),)


def test_the_districts_own_sentence_is_quoted_where_its_text_is_attached():
    pack = a_pack(a_rule("R1", Kind.stop), a_rule("R2", Kind.stop, locator="paragraph 9"))
    text = (Sentence("paragraph 1", 1, "The first sentence."), Sentence("paragraph 1", 2, "The second one."))

    first, elsewhere = explained(pack, Facts(), text).citations

    assert first.quote == "The first sentence. The second one."
    assert (first.policy, first.locator, first.says) == ("Policy 12", "paragraph 1", "What R1 says.")
    assert elsewhere.quote is None


def test_nothing_is_quoted_where_no_text_is_attached():
    assert explained(a_pack(a_rule("R1", Kind.stop)), Facts()).citations[0].quote is None


def test_a_question_is_unclear_until_it_is_answered_and_shows_its_choices():
    pack = a_pack(a_rule("R1", Kind.allowance), a_rule("R2", Kind.prohibition, {Fact.device: ["district"]}), settings=COUNSELOR)
    facts = given(channel="email")

    shown = explained(pack, facts)

    assert (shown.ruling, shown.question, shown.choices) == (Ruling.unclear, Fact.device, ("district", "personal"))
    assert cited(shown) == ["R2", "R1"]
    assert (shown.ask, shown.facts, shown.lost) == (Role.counselor, facts, "")


def test_a_silence_says_so_and_names_whom_to_ask():
    rule = a_rule("R1", Kind.stop, TEXT)
    facts = given(channel="email")

    shown = explain(a_pack(rule, settings=COUNSELOR), Silence(facts, (rule,)), ())

    assert (shown.ruling, shown.lost, shown.ask, shown.facts) == (Ruling.not_covered, "silent", Role.counselor, facts)
    assert cited(shown) == ["R1"]


def test_what_was_not_understood_is_never_a_silence_of_the_policy():
    rule = a_rule("R1", Kind.stop, TEXT)

    shown = explain(a_pack(rule, settings=COUNSELOR), Lost(Facts(), (rule,)), ())

    assert (shown.ruling, shown.lost, shown.ask, shown.facts) == (Ruling.unclear, "lost", Role.counselor, Facts())
    assert cited(shown) == ["R1"]


def test_a_verdict_names_whom_the_district_asks():
    assert explained(a_pack(a_rule("R1", Kind.referral), settings=COUNSELOR), Facts()).ask is Role.counselor
