"""What the network learns from is labelled in the vocabulary, shows every topic and value, and is mixed without losing a label."""

import random
from collections import Counter
from pathlib import Path

import pytest

from handlers.policy.vocabulary import VALUES, Fact
from tests.learning import examples as learning
from tests.learning.examples import MislabelledError, examples, mixed

HARDLY_SAID = {(Fact.topic, "other"), (Fact.when, "planned")}  # what is presumed
FEWEST = 20  # examples of a value


@pytest.fixture(scope="module")
def told() -> list[learning.Example]:
    return list(examples())


def test_every_value_is_shown_by_many_examples(told: list[learning.Example]) -> None:
    shown = Counter((fact, value) for example in told for fact, value in example.facts.items())

    rare = [(fact, value) for fact, values in VALUES.items() for value in values if shown[fact, value] < FEWEST]

    assert set(rare) == HARDLY_SAID


def test_no_question_that_we_measure_by_is_learned_from(told: list[learning.Example]) -> None:
    learned = {turn.casefold() for example in told for turn in example.turns if len(turn.split()) > 8}
    questions = Path(learning.__file__).parent.parent / "questions"
    asked = {line for file in questions.rglob("*.jsonl") for line in file.read_text(encoding="utf-8").casefold().splitlines()}

    quoted = {part for line in asked for part in line.split('"')[1:-1]}  # what stands between two marks, whichever they are

    assert quoted
    assert not learned & quoted
    assert not [turn for turn in learned if '"' in turn and any(f'"{turn}"' in line for line in asked)]


def test_what_is_mixed_keeps_its_labels(told: list[learning.Example]) -> None:
    few = told[:400]

    more = mixed(few, random.Random(1))  # noqa: S311  # no secret

    assert more[: len(few)] == few
    assert len(more) > len(few)
    assert all(example.facts in [one.facts for one in few] or example.block == "small talk" for example in more[-40:])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("@ topic=contact_students\nhello || shoe=left\n", "line 2: 'shoe=left' is no fact of the vocabulary."),
        ("@ asked=may\nhello there\n", "line 2: this utterance has no topic."),
    ],
)
def test_a_line_that_is_mislabelled_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, sentence: str) -> None:
    (tmp_path / "some.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(learning, "UTTERANCES", tmp_path)

    with pytest.raises(MislabelledError, match=sentence):
        list(examples())
