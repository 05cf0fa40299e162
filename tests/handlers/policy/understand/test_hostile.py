"""Whatever is sent: an answer in bounded time, and nothing outside the vocabulary."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.understand.reading import understand
from handlers.policy.vocabulary import VALUES, Fact

LONG = 40_000  # characters
PATIENCE = 1.0  # seconds: generous for a busy machine, far below what an unbounded reading would take

HOSTILE: dict[str, str] = {
    "empty": "",
    "one letter": "a" * LONG,
    "one question": "can I text my players from my own phone and " * (LONG // 44),
    "denials": "not my " * (LONG // 7),
    "stops": ". " * (LONG // 2),
    "commas": "," * LONG,
    "open brackets": "<" * LONG,
    "link": "https://" + "x" * LONG,
    "zero bytes": "\0" * LONG,
    "expanding": "\ufdfa" * LONG,
    "unknown words": " ".join(f"zq{number:07x}" for number in range(LONG // 10)),
    "lone surrogate": "\ud800 text",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_and_odd_texts_are_read_in_bounded_time(text: str) -> None:
    understand(["Can I text my players?"])
    begun = time.perf_counter()

    understand([text])

    assert time.perf_counter() - begun < PATIENCE


@pytest.mark.parametrize(
    "text",
    [
        "\u202eCan I text my players?\u202c",
        "C\u200ban I te\u200bxt my pla\u00adyers?",
        "<b>Can I</b> <script>text</script> my players?",
        "\uff23\uff41\uff4e I \uff54\uff45\uff58\uff54 my players?",
        "Can I\ttext\r\nmy players\x07?",
    ],
)
def test_a_question_in_disguise_is_still_the_question(text: str) -> None:
    assert understand([text]).facts.get(Fact.channel) == "text"


WORDS = ["can I text", "my players", "not", "what if", "'s", ".", "my son", "Snapchat", "approved", "she says he hits her"]
ANYTHING = st.lists(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join), max_size=5)


@given(ANYTHING)
def test_understanding_never_fails_and_keeps_to_the_vocabulary(turns: list[str]) -> None:
    reading = understand(turns)

    assert all(value in VALUES[fact] for fact, value in reading.facts.known.items())
    assert reading.facts.words.keys() <= reading.facts.known.keys()
    assert all(len(values) > 1 for values in reading.doubts.values())


@given(st.text())
def test_the_same_words_are_always_read_alike(text: str) -> None:
    assert understand([text]) == understand([text])
