"""The proof of a pack finds every kind of fault, once, and nothing in a pack that is whole."""

import pytest

from handlers.people import Role
from handlers.policy.clauses import cut
from handlers.policy.pack import Kind, Pack, Ruling
from handlers.policy.prove import Accounts, Proof, prove
from handlers.policy.topics import FOREIGN, TOPICS
from handlers.policy.vocabulary import Fact
from tests.rulebook import a_pack, a_process, a_rule

TEXT = cut("A Policy\n\nStaff do not text students. They may call.\n\nIt was adopted in May.\n\nNobody reads this.")
OURS = [topic for topic in TOPICS if topic not in FOREIGN and topic not in {"other", "gibberish"}]
RULED = {"contact_students", "phone_call"}
SILENT = {topic: "nothing is said of it" for topic in OURS if topic not in RULED}
WHOLE = Accounts({"paragraph 3": "why it is there"}, {"paragraph 2": "when it was adopted"}, SILENT)


def a_whole_pack(*more: object) -> Pack:
    return a_pack(
        a_rule("R1", Kind.prohibition, {Fact.topic: ["contact_students"], Fact.channel: ["text"]}, locator="paragraph 1, sentence 1"),
        a_rule("R2", Kind.allowance, {Fact.topic: ["phone_call"]}, locator="paragraph 1, sentence 2"),
        *more,  # type: ignore[arg-type]
        processes={"first": a_process("R3", Role.supervisor), "second": a_process("R4", Role.superintendent)},
    )


def faults(pack: Pack, accounts: Accounts = WHOLE) -> tuple[str, ...]:
    return prove(pack, accounts, TEXT).faults


@pytest.fixture
def proof() -> Proof:
    return prove(a_whole_pack(), WHOLE, TEXT)


def test_a_whole_pack_has_no_fault(proof: Proof) -> None:
    assert proof.faults == ()


def test_every_sentence_is_told_what_it_became(proof: Proof) -> None:
    told = [(one.sentence.locator, one.what, one.why) for one in proof.sentences]

    assert told == [
        ("heading 1", "heading", ""),
        ("paragraph 1, sentence 1", "rule", "R1"),
        ("paragraph 1, sentence 2", "rule", "R2"),
        ("paragraph 2, sentence 1", "information", "when it was adopted"),
        ("paragraph 3, sentence 1", "quoted", "why it is there"),
    ]


def test_every_matter_is_tried_in_the_situations_its_rules_tell_apart(proof: Proof) -> None:
    matters = {matter.topic: matter for matter in proof.matters}

    assert matters.keys() == {*OURS, *FOREIGN}
    assert matters["phone_call"].rulings == {Ruling.allowed: 1}
    assert matters["contact_students"].rulings == {Ruling.unclear: 1, Ruling.prohibited: 1, Ruling.not_covered: 1}
    assert matters["copyright"].rulings == {Ruling.not_covered: 1}


def test_a_sentence_that_became_nothing_is_named() -> None:
    assert faults(a_whole_pack(), Accounts({}, WHOLE.information, SILENT)) == (
        "paragraph 3, sentence 1 became nothing: “Nobody reads this.”.",
    )


def test_a_locator_that_leads_nowhere_is_named() -> None:
    stray = a_rule("R5", Kind.allowance, {Fact.topic: ["phone_call"]}, locator="item 9")

    assert faults(a_whole_pack(stray)) == ("rule R5: item 9 leads nowhere in the text.",)
    quoted = {**WHOLE.quoted, "paragraph 8": "why not"}
    assert faults(a_whole_pack(), Accounts(quoted, WHOLE.information, SILENT)) == ("coverage.toml: paragraph 8 leads nowhere in the text.",)


def test_without_a_text_nothing_is_said_of_sentences() -> None:
    proof = prove(a_whole_pack(), WHOLE, ())

    assert (proof.sentences, proof.faults) == ((), ())


def test_a_rule_that_is_never_heard_is_named() -> None:
    loud = a_rule("R6", Kind.stop, {Fact.topic: ["phone_call"]}, alone=True, locator="paragraph 1")

    assert faults(a_whole_pack(loud)) == ("Rule R2 is never heard: other rules silence it wherever it applies.",)


def test_two_forms_for_one_situation_are_named_unless_one_goes_first() -> None:
    one = a_rule("R3", Kind.permission, {Fact.topic: ["phone_call"], Fact.to: ["parent"]}, process="first")
    other = a_rule("R4", Kind.permission, {Fact.topic: ["phone_call"]}, process="second")

    assert faults(a_whole_pack(one, other)) == (
        "Rules R3 and R4 open two forms for one situation: say in `over` which goes first, or part them.",
    )
    first = a_rule("R3", Kind.permission, one.when, process="first", over=("R4",))
    assert faults(a_whole_pack(first, other)) == ()
    apart = a_rule("R4", Kind.permission, {Fact.topic: ["phone_call"], Fact.to: ["student"]}, process="second")
    assert faults(a_whole_pack(one, apart)) == ()


def test_a_matter_is_ruled_on_or_declared_silent_and_never_both() -> None:
    unnamed = {topic: why for topic, why in SILENT.items() if topic != "copyright"}

    (missing,) = faults(a_whole_pack(), Accounts(WHOLE.quoted, WHOLE.information, unnamed))
    (both,) = faults(a_whole_pack(), Accounts(WHOLE.quoted, WHOLE.information, {**SILENT, "phone_call": "nothing at all"}))
    (no_topic,) = faults(a_whole_pack(), Accounts(WHOLE.quoted, WHOLE.information, {**SILENT, "shoes": "none"}))

    assert missing.startswith("No rule speaks of copyright (other people's works)")
    assert both == "coverage.toml, [silent]: phone_call is declared silent, and rules speak of it."
    assert no_topic == "coverage.toml, [silent]: shoes is no topic."
