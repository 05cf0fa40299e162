"""A drafted rule in our own words, built from what it does and what it is about. Never the district's words."""

from collections.abc import Iterator, Sequence

from handlers.people import Role
from handlers.policy.pack import Conditions, Kind
from handlers.policy.vocabulary import Fact, words_for

_OPENING = {
    Kind.exemption: "The policy does not seem to bind here",
    Kind.prohibition: "You may not, it seems",
    Kind.permission: "Only with approval{roles}, it seems",
    Kind.duty: "Something has to be done, it seems",
    Kind.caution: "You should not, it seems, though it is not banned",
    Kind.allowance: "You may, it seems",
    Kind.information: "This clause speaks of it",
}
_SHOWN = (Fact.to, Fact.channel, Fact.account, Fact.tie, Fact.activity, Fact.content)
_PLAIN = {"ordinary", "student", "none"}  # what a reader takes for granted
_TOPICS_SHOWN = 2


def says(kind: Kind, when: Conditions, roles: Sequence[Role], tells: Sequence[Role]) -> str:
    """Return one sentence; what it says of the deed is said in the words of the vocabulary."""
    named = f" by {' and '.join(map(_words, roles))}" if roles else ""
    told = f" Told: {', '.join(map(_words, tells))}." if tells else ""
    topics = " or ".join(words_for(Fact.topic, topic) for topic in when[Fact.topic][:_TOPICS_SHOWN])
    details = ", ".join(_details(when))
    aside = f" ({details})" if details else ""
    return f"{_OPENING[kind].format(roles=named)}: {topics}{aside}.{told}"


def _details(when: Conditions) -> Iterator[str]:
    for fact in _SHOWN:
        values = [value for value in when.get(fact, ()) if value not in _PLAIN]
        if values:
            yield " or ".join(words_for(fact, value) for value in values).replace("my ", "your ")


def _words(role: Role) -> str:
    return f"the {role.replace('_', ' ')}"
