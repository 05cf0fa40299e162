"""Facts that rarely go together: a way of reading a question that holds such a pair is less likely than its parts say."""

from collections.abc import Mapping
from types import MappingProxyType

from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact

RARELY = 0.25  # of the chance its parts would have

# All of one line at once hardly ever is what somebody means.
TOGETHER: tuple[Mapping[Fact, tuple[str | None, ...]], ...] = tuple(
    MappingProxyType(line)
    for line in (
        {Fact.topic: ("contact_parents",), Fact.to: ("student", "colleague", "public")},
        {Fact.topic: ("contact_students",), Fact.to: ("parent", "colleague", "public")},
        {Fact.topic: ("former_student_contact",), Fact.to: ("student", "parent", "colleague")},
        {Fact.topic: ("colleague_contact",), Fact.to: ("student", "parent")},
        {Fact.topic: ("friend_request", "contact_students", "contact_parents"), Fact.act: ("open_site", "browse", "use_mark", "report")},
        {Fact.topic: ("phone_call", "confidential_call"), Fact.channel: ("text", "email", "social", "page", "paper", "in_person")},
        {Fact.topic: ("in_person",), Fact.channel: ("text", "email", "social", "chat_app", "page", "call")},
        {Fact.topic: ("district_channel",), Fact.account: ("personal", "separate")},
        {Fact.topic: ("family_student",), Fact.tie: (None, "school", "community")},  # None: nothing is said of it
        {Fact.topic: ("class_page", "learn_features"), Fact.act: ("befriend", "browse", "report")},
        {Fact.device: ("district",), Fact.channel: ("text", "call"), Fact.account: ("personal",)},
        {Fact.tie: ("own_child", "sibling", "relative"), Fact.to: ("former_student", "colleague", "public")},
    )
)
_LINES = tuple(tuple(line.items()) for line in TOGETHER)


def sense(facts: Facts) -> float:
    """Return by how much less likely the facts are together than each alone, 1 where nothing speaks against it."""
    chance, known = 1.0, facts.known
    for line in _LINES:
        for fact, values in line:  # plain loops: a question is read in a dozen ways, and each is looked at
            if known.get(fact) not in values:
                break
        else:
            chance *= RARELY
    return chance
