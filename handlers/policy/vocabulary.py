"""The closed vocabulary of situations: which facts exist, their values, and their words. Not here: how a text becomes facts."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from handlers.policy.topics import TOPICS


class Fact(StrEnum):
    """One aspect of a situation. Facts do not depend on the district."""

    topic = "topic"  # which of the matters that such policies regulate
    asked = "asked"  # what kind of question this is
    asker = "asker"
    act = "act"
    to = "to"  # with or about whom
    tie = "tie"  # what binds the two outside the classroom
    activity = "activity"  # whose class, team or group it is for
    channel = "channel"
    account = "account"  # whose account, number or address
    recipient = "recipient"  # whose address or account it goes to
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
    requested = "requested"  # who has asked for messages, access, copies or removal
    consent = "consent"  # have the parents or the owner of a work agreed
    secured = "secured"  # encrypted, or closed to others
    when = "when"  # has it been done already
    persists = "persists"  # does the student keep writing

    __hash__ = str.__hash__  # an enum's own is ten times slower, and facts are looked up thousands of times a question


# Value to the words that complete "the single fact is …"; the first value shown is the first button.
VALUES: Mapping[Fact, Mapping[str, str]] = MappingProxyType(
    {
        Fact.topic: TOPICS,
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
        Fact.recipient: {"personal": "their own address or account", "district": "the address or account the district gave them"},
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
            "unprofessional": "talk that is crude, mocking or kept from parents",
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
        Fact.approval: {
            "none": "nothing approved yet",
            "pending": "asked for and not answered yet",
            "granted": "already approved",
            "principal": "approved by the principal alone",
            "technology": "approved by the technology department alone",
            "oral": "agreed to, but not in writing",
            "wrong_person": "agreed to by somebody who does not decide it",
            "refused": "asked for and refused",
            "expired": "approved once, for another time or purpose",
        },
        Fact.requested: {
            "no": "nobody has asked for it",
            "supervisor": "my supervisor has asked for it",
            "administration": "the administration has asked for it",
            "technology": "the technology department has asked for it",
            "parent": "a parent has asked for it",
            "other": "somebody else has asked for it",
        },
        Fact.consent: {"yes": "they have agreed", "no": "they have not agreed"},
        Fact.secured: {"yes": "encrypted or closed to others", "no": "open to others"},
        Fact.when: {"planned": "not done yet", "past": "done already"},
        Fact.persists: {"no": "once", "yes": "again and again"},
    }
)

# Taken as given until somebody says otherwise: nobody should be asked whether a player is their child.
PRESUMED: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.topic: "other",
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
        Fact.when: "planned",
        Fact.persists: "no",
    }
)


def words_for(fact: Fact, value: str) -> str:
    """Return the plain words of a value."""
    return VALUES[fact][value]
