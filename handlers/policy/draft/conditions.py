"""What a sentence of a policy is about, as the conditions of a rule: its topics, and the facts that the network is confident of."""

import re
from collections.abc import Iterator, Mapping

from handlers.policy.pack import Conditions
from handlers.policy.understand.network import Chances
from handlers.policy.vocabulary import Fact

FAIR = 0.12  # chance of a topic from which a rule speaks of it
SAID = 0.65  # chance that a fact is named at all
AMONG = 0.2  # chance of a value that may be meant, too
NAMED = (Fact.act, Fact.to, Fact.tie, Fact.activity, Fact.channel, Fact.account, Fact.recipient, Fact.content)
NO_TOPIC = frozenset({"gibberish", "bot_talk"})
_EXCEPT = re.compile(r"\b(?:except|other than|excluding|unless|apart from)\b", re.IGNORECASE)


def conditions(chances: Mapping[Fact, Chances]) -> Conditions:
    """Return the topics and the confident facts."""
    return {Fact.topic: _topics(chances[Fact.topic]), **dict(_facts(chances))}


def apart(words: str, when: Conditions, *, exempts: bool) -> tuple[Conditions, Conditions]:
    """Return `when` and `unless`: the family that a sentence leaves out does not make it speak of family."""
    if exempts or Fact.tie not in when or not _EXCEPT.search(words):
        return when, {}
    return {fact: values for fact, values in when.items() if fact is not Fact.tie}, {Fact.tie: when[Fact.tie]}


def _topics(chances: Chances) -> tuple[str, ...]:
    ranked = sorted(((chance, topic) for topic, chance in chances.items() if topic and topic not in NO_TOPIC), reverse=True)
    return tuple(topic for place, (chance, topic) in enumerate(ranked) if chance >= FAIR or not place)


def _facts(chances: Mapping[Fact, Chances]) -> Iterator[tuple[Fact, tuple[str, ...]]]:
    for fact in NAMED:
        told = {value: chance for value, chance in chances[fact].items() if value is not None}
        if sum(told.values()) >= SAID:
            yield fact, tuple(value for value, chance in told.items() if chance >= AMONG) or (max(told, key=lambda one: told[one]),)
