"""A conversation's turns become facts, and how sure each one is. Not here: the network itself, or what follows from the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from handlers.policy.facts import Facts
from handlers.policy.questions import QUESTIONS
from handlers.policy.topics import FOREIGN, GRAVE_CONTENT, GRAVE_TOPICS
from handlers.policy.understand.asides import is_aside
from handlers.policy.understand.network import Chances, Seen, network
from handlers.policy.understand.plain import plain
from handlers.policy.vocabulary import VALUES, Fact

TURNS = 6  # of a conversation are read, the last ones
SURE = 0.9  # from here on no other value is weighed
WORTH = 0.07  # a value less likely than this is not weighed
ALARMING = 0.07  # so likely, a child at risk is not passed over
KEPT = 256  # readings, some 10 kB each: pressing an answer's button reads its conversation again, and many ask the same
SMALL_TALK = 4  # words: so short and about nothing of ours is no question

_TYPED = {words.casefold(): (fact, value) for fact in QUESTIONS for value, words in VALUES[fact].items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known after the last turn.

    `understood`: that turn asked something. `ours`: about a matter that such policies regulate.
    `doubts`: the facts that may be otherwise, each with its likeliest values, None for "not said".
    `alarm`: the facts as they would be if a child were at risk, where that is unlikely but not to be passed over.
    `seen`: all that the network makes of it.
    """

    facts: Facts
    understood: bool
    ours: bool = True
    doubts: Mapping[Fact, Chances] = field(default_factory=dict)
    alarm: Facts | None = None
    seen: Seen | None = field(default=None, compare=False, repr=False)


NOTHING = Reading(Facts(), understood=False, ours=False)


def understand(turns: Sequence[str]) -> Reading:
    """Return the facts of the conversation, none when the last turn says nothing to us. Never raises, whatever the turns hold."""
    said = [plain(turn) for turn in turns[-TURNS:]]
    if not said or not _says_something(said[-1]):
        return NOTHING
    if len(said) > 1 and is_aside(said[-1]):
        return understand(said[:-1])
    typed = _TYPED.get(said[-1].strip(" .!").casefold())
    if typed and len(said) > 1:  # the words of a button
        before = understand(said[:-1])
        doubts = {fact: chances for fact, chances in before.doubts.items() if fact is not typed[0]}
        alarm = before.alarm.having(*typed) if before.alarm else None  # no button makes a child safe
        return Reading(before.facts.having(*typed), understood=True, doubts=doubts, alarm=alarm, seen=before.seen)
    return _read(tuple(turn for turn in said if _says_something(turn)))


@lru_cache(maxsize=KEPT)
def _read(said: tuple[str, ...]) -> Reading:
    seen = network().read(said)
    likely = {fact: _likely(chances) for fact, chances in seen.chances.items()}
    known: dict[Fact, str] = {fact: value for fact, values in likely.items() if (value := next(iter(values))) is not None}
    topic = known[Fact.topic]
    if topic == "gibberish" or (topic == "bot_talk" and len(said[-1].split()) <= SMALL_TALK):
        return NOTHING
    doubts = {fact: values for fact, values in likely.items() if len(values) > 1}
    # What it is about is shown by all the words together.
    shown: dict[Fact, str] = {fact: seen.words(fact) for fact in known if fact is not Fact.topic}
    facts = Facts(known, shown)
    return Reading(facts, understood=True, ours=topic not in FOREIGN, doubts=doubts, alarm=_alarm(facts, seen.chances), seen=seen)


def _alarm(facts: Facts, chances: Mapping[Fact, Chances]) -> Facts | None:
    """Return the facts with the likeliest grave value in them, None where none is likely enough or one is there already."""
    grave = {Fact.topic: GRAVE_TOPICS, Fact.content: GRAVE_CONTENT}
    if any(facts.known.get(fact) in values for fact, values in grave.items()):
        return None
    likely = {fact: {value: chances[fact][value] for value in values} for fact, values in grave.items()}
    fact = max(likely, key=lambda fact: sum(likely[fact].values()))
    if sum(likely[fact].values()) < ALARMING:
        return None
    return facts.having(fact, max(likely[fact], key=lambda value: likely[fact][value]))


def _says_something(turn: str) -> bool:
    return any(map(str.isalnum, turn))


def _likely(chances: Chances) -> Chances:
    """Return the values worth weighing, likeliest first; one alone when it is sure."""
    ranked = sorted(chances.items(), key=lambda one: -one[1])
    return dict(ranked[:1] if ranked[0][1] >= SURE else [ranked[0], *(one for one in ranked[1:4] if one[1] >= WORTH)])
