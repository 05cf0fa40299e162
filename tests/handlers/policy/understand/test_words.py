"""From any text to words: normalising, short forms, contractions, slips."""

import pytest

from handlers.policy.understand.plain import LONGEST, plain
from handlers.policy.understand.slips import meant
from handlers.policy.understand.words import words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


def test_hidden_and_control_characters_are_dropped() -> None:
    assert plain("te\u200bxt \u202emy\u202c pla\u00adyers\x00") == "text my players"


def test_full_width_letters_and_curly_quotes_are_plain() -> None:
    assert plain("\uff43\uff41\uff4e I, it\u2019s \u201cok\u201d") == 'can I, it\'s "ok"'


def test_markup_and_links_are_left_out() -> None:
    assert plain("<b>text</b> <@U123> https://example.org/x").split() == ["text"]


def test_a_long_text_is_cut() -> None:
    assert len(plain("a " * 40_000)) == LONGEST


def test_a_title_ends_no_sentence() -> None:
    assert "." not in texts(plain("Mr. Vale is texting"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", ["do", "not"]),
        ("I'm", ["i", "am"]),
        ("it's", ["it", "is"]),
        ("player's", ["player", "s"]),
        ("o'clock", ["oclock"]),
        ("n't", ["nt"]),
        ("u txt ppl", ["you", "text", "people"]),
        ("text/call", ["text", "call"]),
        ("Stop. Go", ["stop", ".", "go"]),
    ],
)
def test_words_are_written_out(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_word_knows_its_place() -> None:
    text = "Can I text?"

    assert [text[word.start : word.end] for word in words(text)] == ["Can", "I", "text", "?"]


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("playres", "players"),
        ("presonal", "personal"),
        ("emial", "email"),
        ("instagrma", "instagram"),
        ("texttt", "text"),
        ("superviser", "supervisor"),
    ],
)
def test_a_slip_becomes_the_word_that_was_meant(slip: str, word: str) -> None:
    assert meant(slip) in {word, word.removesuffix("s")}


@pytest.mark.parametrize(
    "word", ["prayer", "massage", "winning", "txet", "counts", "players", "qzxwv", "abcdefghijklmnopqrstuvwxyz", "naïve1"]
)
def test_other_words_stay_as_they_are(word: str) -> None:
    assert meant(word) == word
