"""Texts cut into the pieces that the network knows: longest first, each in its place."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.understand.network import network
from handlers.policy.understand.wordpiece import UNKNOWN, pieces

VOCABULARY = {piece: number for number, piece in enumerate([UNKNOWN, "text", "##ing", "##s", "cafe", "'", "t", "can", "!"])}
NAMES = list(VOCABULARY)


def cut(text: str) -> list[tuple[str, str]]:
    return [(NAMES[piece.id], text[piece.start : piece.end]) for piece in pieces(text, VOCABULARY)]


def test_the_longest_piece_comes_first_and_knows_its_word() -> None:
    assert cut("Texting!") == [("text", "Texting"), ("##ing", "Texting"), ("!", "!")]


def test_marks_part_words_and_accents_do_not_count() -> None:
    assert cut("Café can’t") == [("cafe", "Café"), ("can", "can"), ("'", "’"), ("t", "t")]


def test_a_word_that_cannot_be_put_together_is_one_unknown_piece() -> None:
    assert cut("textish texts") == [(UNKNOWN, "textish"), ("text", "texts"), ("##s", "texts")]


def test_noise_without_end_is_one_unknown_piece() -> None:
    assert cut("text" * 50) == [(UNKNOWN, "text" * 50)]


@given(st.text())
def test_any_text_is_cut_in_its_order(text: str) -> None:
    places = [(piece.start, piece.end) for piece in pieces(text, network().vocabulary)]

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
