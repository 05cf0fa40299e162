"""The closed vocabulary of situations: which facts exist, their values, and their words. Not here: how a text becomes facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Fact(StrEnum):
    """One aspect of a situation. Facts do not depend on the district."""

    asked = "asked"  # what kind of question this is
    asker = "asker"
    act = "act"
    to = "to"  # with or about whom
    tie = "tie"  # what binds the two outside the classroom
    activity = "activity"  # whose class, team or group it is for
    channel = "channel"
    account = "account"  # whose account, number or address
    device = "device"
    network = "network"
    duty = "duty"  # working at that moment, or not
    purpose = "purpose"
    content = "content"
    direction = "direction"  # who writes to whom
    form = "form"  # is a district-provided way at hand
    portal = "portal"  # does the district run a web portal for families
    emergency = "emergency"
    approval = "approval"  # what has been agreed already
    persists = "persists"  # does the student keep writing


# Value to the words that complete "the single fact is …"; the first value shown is the first button.
VALUES: Mapping[Fact, Mapping[str, str]] = MappingProxyType(
    {
        Fact.asked: {
            "may": "whether it is allowed",
            "must": "whether something has to be done",
            "who": "who decides or is told",
            "what": "what the policy says",
            "consequence": "what happens otherwise",
        },
        Fact.asker: {
            "coach": "a coach or activity sponsor",
            "teacher": "a teacher",
            "staff": "another member of staff",
            "student_teacher": "a student teacher",
            "substitute": "a substitute or part-time member of staff",
            "supervisor": "a supervisor or administrator",
            "outsider": "somebody who does not work for the district",
        },
        Fact.act: {
            "contact": "writing or speaking to somebody",
            "befriend": "adding, friending or following somebody",
            "post": "posting something others can see",
            "open_site": "setting up a site, page or account for a class or group",
            "browse": "using one's own account for oneself",
            "use_mark": "using the school's logo, mascot or property",
            "disclose": "passing on information",
            "hand_over": "handing over messages or access",
            "report": "reporting something",
            "keep": "saving or filing a message",
        },
        Fact.to: {
            "student": "a student of the district",
            "parent": "a student's parent or guardian",
            "colleague": "a colleague",
            "public": "anybody",
            "former_student": "somebody who is no longer a student here",
            "other_child": "a child who is not a student here",
        },
        Fact.tie: {
            "school": "only through school",
            "own_child": "my own child",
            "sibling": "my brother or sister",
            "relative": "another relative",
            "community": "through the community, such as a church, a club or a family friend",
        },
        Fact.activity: {
            "district": "a class, team or activity of the district",
            "outside": "a group outside the district, such as a church or community team",
            "none": "no class, team or group",
        },
        Fact.channel: {
            "text": "text messages",
            "call": "phone calls",
            "email": "e-mail",
            "social": "a social network",
            "chat_app": "a messaging app",
            "video": "video calls",
            "page": "a web page, site or blog",
            "learning_platform": "the learning platform",
            "in_person": "face to face",
            "paper": "paper",
        },
        Fact.account: {
            "personal": "my own number, address or account",
            "district": "the district's number, address or account",
            "separate": "a separate account used only for school",
        },
        Fact.device: {"personal": "my own device", "district": "the district's device"},
        Fact.network: {"other": "another network", "district": "the district's network"},
        Fact.duty: {"on": "while on duty", "off": "off duty"},
        Fact.purpose: {
            "education": "school business",
            "personal": "private matters",
            "promotion": "advertising or selling something",
        },
        Fact.content: {
            "ordinary": "nothing sensitive",
            "student_identity": "something that identifies a student",
            "confidential": "confidential or protected information",
            "private_life": "a private life unfit for school",
            "sexual": "sexual or romantic content",
            "abuse": "abuse, a threat or a child in danger",
            "harassing": "harassing, defamatory or obscene content",
            "copyrighted": "somebody else's copyrighted work",
            "marks": "the school's logo, mascot or property",
            "public_concern": "a matter of public concern or the union",
            "work_speech": "opinions about work",
        },
        Fact.direction: {"outgoing": "I write first", "incoming": "they write to me"},
        Fact.form: {"missing": "no district-provided way is available", "available": "a district-provided way is available"},
        Fact.portal: {"no": "the district has no web portal for families", "yes": "the district has a web portal for families"},
        Fact.emergency: {"no": "no emergency", "yes": "an immediate emergency"},
        Fact.approval: {"none": "nothing approved yet", "granted": "already approved", "partly": "approved by some, not by all"},
        Fact.persists: {"no": "once", "yes": "again and again"},
    }
)

# Taken as given until somebody says otherwise: nobody should be asked whether a player is their child.
PRESUMED: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.asked: "may",
        Fact.asker: "staff",
        Fact.act: "contact",
        Fact.to: "student",
        Fact.tie: "school",
        Fact.purpose: "education",
        Fact.content: "ordinary",
        Fact.direction: "outgoing",
        Fact.emergency: "no",
        Fact.approval: "none",
        Fact.persists: "no",
    }
)

# Asked of the person when the fact decides; a fact that is missing here is never asked.
QUESTIONS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.activity: "Is this for a class, team or activity of the district?",
        Fact.channel: "How would you be in touch?",
        Fact.account: "Whose number, address or account would you use?",
        Fact.device: "Whose device would you use?",
        Fact.network: "Which network would you be on?",
        Fact.duty: "Would you be on duty at the time?",
        Fact.form: "Is a way that the district provides available for this?",
        Fact.portal: "Does your district run a web portal for families?",
        Fact.tie: "How do you know this person?",
        Fact.purpose: "What is it about?",
        Fact.to: "Who is it with?",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one situation, and the words that showed each fact; a value outside the vocabulary is a ValueError."""

    known: Mapping[Fact, str] = field(default_factory=dict)
    words: Mapping[Fact, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what the vocabulary does not hold."""
        for fact, value in self.known.items():
            if value not in VALUES[fact]:
                raise ValueError(f"{fact} has no value {value!r}; it is one of {', '.join(VALUES[fact])}")

    def get(self, fact: Fact) -> str | None:
        """Return the value as said or presumed, None when it is open."""
        return self.known.get(fact, PRESUMED.get(fact))

    def plus(self, later: "Facts") -> "Facts":
        """Return these facts as changed by what was said later."""
        return Facts({**self.known, **later.known}, {**self.words, **later.words})

    def having(self, fact: Fact, value: str) -> "Facts":
        """Return these facts with one of them set."""
        return Facts({**self.known, fact: value}, self.words)

    def __iter__(self) -> Iterator[tuple[Fact, str]]:
        """Yield what was said, in the vocabulary's order."""
        return ((fact, self.known[fact]) for fact in Fact if fact in self.known)


def words_for(fact: Fact, value: str) -> str:
    """Return the plain words of a value."""
    return VALUES[fact][value]
