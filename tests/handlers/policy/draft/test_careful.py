"""Careful answers from a draft: a verdict where it is sure, the nearest clauses where it is not, and never less than the safety answer."""

from pathlib import Path

import pytest

from handlers.answer import NOTHING_CHOSEN, think
from handlers.policy.draft.drafting import draft
from handlers.policy.explain import Explained
from handlers.policy.pack import Pack, Ruling
from handlers.policy.understand.reading import understand

LETTERED = (Path(__file__).parents[3] / "documents" / "lettered.txt").read_text(encoding="utf-8")
SILENT = "Staff shall not use the school's logo on a personal page.\n\nThe logo is printed in blue.\n"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return draft("tamarack", LETTERED)


def _answer(pack: Pack, said: str, text: str | None = LETTERED) -> Explained:
    return think(pack, text, [said], NOTHING_CHOSEN, understand).explained


def test_a_sure_clause_gives_a_verdict_with_its_words_and_who_decides(pack: Pack) -> None:
    found = _answer(pack, "May I use the school emblem on my personal blog?")

    assert (found.ruling, found.approvers, found.draft) == (Ruling.needs_approval, ("superintendent",), True)
    assert "emblem" in (found.citations[0].quote or "")


def test_without_the_text_our_own_words_stand_for_the_clauses(pack: Pack) -> None:
    found = _answer(pack, "May I use the school emblem on my personal blog?", text=None)

    assert found.citations
    assert all(citation.quote is None for citation in found.citations)


def test_another_text_is_not_quoted(pack: Pack) -> None:
    assert _answer(pack, "May I text my students?", text=f"{LETTERED} One more.").citations[0].quote is None


def test_what_is_not_understood_gets_no_clause(pack: Pack) -> None:
    assert _answer(pack, "?!").lost == "lost"


def test_what_such_policies_are_not_about_is_not_covered(pack: Pack) -> None:
    assert _answer(pack, "How many vacation days do I get?").ruling is Ruling.not_covered


def test_who_wants_to_know_gets_the_nearest_clause(pack: Pack) -> None:
    found = _answer(pack, "What happens if somebody breaks this policy?")

    assert found.ruling is Ruling.information
    assert any("discipline" in (one.quote or "") for one in found.citations)


def test_a_child_at_risk_has_to_be_reported(pack: Pack) -> None:
    found = _answer(pack, "A girl in my class has bruises and says her stepfather hits her. What do I do?")

    assert found.ruling is Ruling.must_act
    assert "building_principal" in found.notified


def test_where_the_text_says_nothing_of_reporting_the_answer_says_so_and_what_to_do() -> None:
    found = _answer(draft("silent", SILENT), "A girl in my class has bruises and says her stepfather hits her. What do I do?", SILENT)

    assert (found.ruling, found.lost) == (Ruling.not_covered, "safety")


def test_romance_is_never_allowed(pack: Pack) -> None:
    assert _answer(pack, "May I flirt with a senior by text?").ruling in {Ruling.prohibited, Ruling.must_act}


def test_romance_that_a_text_does_not_name_has_to_be_reported() -> None:
    text = f"{SILENT}\nStaff who suspect that a child is abused shall report it to the principal at once.\n"

    assert _answer(draft("silent", text), "May I flirt with a senior by text?", text).ruling is Ruling.must_act


def test_words_in_the_text_that_address_the_bot_are_only_words(pack: Pack) -> None:
    assert _answer(pack, "Can I text one of my students from my own cell phone?").ruling is Ruling.prohibited


def test_an_exemption_counts_only_for_whom_it_names(pack: Pack) -> None:
    assert _answer(pack, "My daughter is a freshman here. Can I text her?").ruling is Ruling.allowed
    assert _answer(pack, "My niece is a freshman here. Can I text her from my own phone?").ruling is not Ruling.allowed
