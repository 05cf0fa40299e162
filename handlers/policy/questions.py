"""What the bot may ask back, a question a fact. Not here: when it asks."""

from collections.abc import Mapping
from types import MappingProxyType

from handlers.policy.vocabulary import Fact

# Asked of the person when the fact decides; a fact that is missing here is never asked.
QUESTIONS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.activity: "Is this for a class, team or activity of the district?",
        Fact.channel: "How would you be in touch?",
        Fact.account: "Whose number, address or account would you use?",
        Fact.recipient: "Whose address would it go to?",
        Fact.device: "Whose device would you use?",
        Fact.network: "Which network would you be on?",
        Fact.duty: "Would you be on duty at the time?",
        Fact.form: "Is a way that the district provides available for this?",
        Fact.portal: "Does your district run a web portal for families?",
        Fact.tie: "How do you know this person?",
        Fact.purpose: "What is it about?",
        Fact.to: "Who is it with?",
        Fact.requested: "Has anybody asked for it?",
        Fact.consent: "Have those whose rights these are agreed?",
        Fact.secured: "Is it encrypted, or closed to others?",
    }
)
