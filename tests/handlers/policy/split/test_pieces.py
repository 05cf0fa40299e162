"""Words are cut between sentences, and none is lost."""

from handlers.policy.split.pieces import LONGEST, introduction, pieces, sentences


def test_a_number_at_the_beginning_is_a_word_like_any_other() -> None:
    assert sentences("1. Staff call. They write.") == ["1. Staff call. They write."]


def test_the_last_sentence_introduces() -> None:
    assert introduction("Staff call. They do not:") == ("Staff call.", "They do not:")
    assert introduction("") == ("", "")
    assert introduction("and " * 200) == ("and " * 200, "")


def test_a_word_without_end_is_cut_where_it_must_be() -> None:
    found = pieces("x" * 2000)

    assert [len(piece.text) for piece in found] == [LONGEST, LONGEST, 200]
    assert [piece.address for piece in found] == ["sentence 1", "sentence 2", "sentence 3"]
