"""The utterances that the network learns from: what was said, and the facts a careful reader finds in it.

A block begins with `@ fact=value …`; every line below is one conversation, its turns parted by ` >> `, with facts of its own behind ` || `.
`~fact` in a block's first line: whoever labelled it did not look for that fact.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handlers.policy.vocabulary import VALUES, Fact

UTTERANCES = Path(__file__).parent.parent / "utterances"
COMPLETE = 7  # words: so long an utterance mostly stands on its own, whatever was said before
SMALL_TALK = ("thanks!", "ok", "hi", "Good morning", "cool, thank you", "got it", "lol", "yes", "no", "great", "thx", "hello")
CHATTY = 0.12  # share of conversations with small talk in them
HASTE, SLIP = 0.5, 0.2  # share of words typed short, and of the others typed wrongly
SHORT = {
    "can": "cn", "you": "u", "your": "ur", "for": "4", "to": "2", "too": "2", "text": "txt", "texting": "txting", "about": "abt",
    "from": "frm", "message": "msg", "messages": "msgs", "people": "ppl", "tomorrow": "tmrw", "because": "cuz", "their": "thier",
    "personal": "persnl", "school": "skool", "students": "studnts", "student": "studnt", "practice": "pratice", "please": "pls",
    "with": "w", "okay": "k", "ok": "k", "before": "b4", "someone": "sum1", "phone": "fone", "friend": "frend", "daughter": "dauter",
    "principal": "princapal", "coach": "coch", "account": "acct", "email": "emial", "are": "r",
}  # fmt: skip


class MislabelledError(ValueError):
    """A line that is not an utterance with facts of the vocabulary; says where it stands."""


@dataclass(frozen=True)
class Example:
    """One conversation, the facts of its last turn, the facts nobody looked for, and the block it stands in."""

    turns: tuple[str, ...]
    facts: Mapping[Fact, str]
    unseen: frozenset[Fact]
    block: str


def examples() -> Iterator[Example]:
    """Yield every utterance. Raises MislabelledError at the first line that is not one."""
    for file in sorted(UTTERANCES.glob("*.txt")):
        yield from _of_file(file)


def mixed(given: list[Example], dice: random.Random) -> list[Example]:
    """Return the examples, some also behind another one that they leave behind, with small talk in or after them, or badly typed."""
    alone = [example for example in given if len(example.turns) == 1]
    whole = [example for example in alone if len(example.turns[0].split()) >= COMPLETE]
    begun = [replace(example, turns=(dice.choice(alone).turns[0], *example.turns)) for example in dice.sample(whole, len(whole) // 8)]
    ended = [
        Example((dice.choice(alone).turns[0], words), {Fact.topic: "bot_talk", Fact.asked: "may"}, frozenset({Fact.asked}), "small talk")
        for words in SMALL_TALK * 12
    ]
    chatty = [
        replace(example, turns=(*example.turns[:-1], dice.choice(SMALL_TALK), example.turns[-1]))
        for example in given
        if len(example.turns) > 1 and dice.random() < CHATTY
    ]
    typed = [
        replace(example, turns=tuple(_typed(turn, dice) for turn in example.turns)) for example in dice.sample(given, len(given) // 14)
    ]
    return [*given, *begun, *ended, *chatty, *typed]


def _typed(text: str, dice: random.Random) -> str:
    """Return the text as somebody types it on a phone on a bus."""
    words = text.lower().replace("'", "").split()
    return " ".join(SHORT.get(word, word) if dice.random() < HASTE else _slipped(word, dice) for word in words)


def _slipped(word: str, dice: random.Random) -> str:
    if len(word) < 4 or dice.random() > SLIP:  # shorter words are typed rightly
        return word
    at = dice.randrange(1, len(word) - 1)
    slips = (word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + word[at] + word[at:])
    return dice.choice(slips)


def _of_file(file: Path) -> Iterator[Example]:
    shared: dict[Fact, str] = {}
    unseen: frozenset[Fact] = frozenset()
    block = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{file.name}, line {number}"
        if line.startswith("@"):
            words = line[1:].split()
            unseen = frozenset(Fact(word[1:]) for word in words if word.startswith("~"))
            shared = dict(_fact(word, where) for word in words if not word.startswith("~"))
            block = where
        elif line.strip():
            said, _, own = line.partition(" || ")
            facts = {**shared, **dict(_fact(word, where) for word in own.split())}
            if Fact.topic not in facts:
                raise MislabelledError(f"{where}: this utterance has no topic.")
            yield Example(tuple(turn.strip() for turn in said.split(" >> ")), facts, unseen, block)


def _fact(word: str, where: str) -> tuple[Fact, str]:
    name, _, value = word.partition("=")
    if name not in VALUES or value not in VALUES[Fact(name)]:
        raise MislabelledError(f"{where}: {word!r} is no fact of the vocabulary.")
    return Fact(name), value
