"""What somebody hears who asks for help, or whom the directory does not know. Not here: answers."""

from handlers.actions import View
from handlers.cards import Card, Listing, Note, Text, Tone

EXAMPLES = (
    "Can I text my players from my own phone?",
    "May I put a team picture on my Instagram?",
    "What if it's my own son?",
)
PROMPTS = (
    ("Texting students", EXAMPLES[0]),
    ("Pictures and posts", EXAMPLES[1]),
    ("My own child", "Can I text my own son?"),
    ("What you can do", "help"),
)
EMPTY = {
    View.mine: "You have no requests.",
    View.inbox: "Nothing waits for you.",
    View.records: "Nothing is on record yet.",
}


def can_do() -> Card:
    """Return the short list of what can be asked and done, with examples."""
    return Card(
        "What I can do",
        (
            Text("Ask what the district's policy on staff-student electronic communication lets you do, in your own words."),
            Listing("For example", EXAMPLES),
            Listing(
                "Commands",
                (
                    "/hallpass ask, and your question: only you see the answer",
                    "/hallpass request: ask for permission, ask something of a colleague, report, note",
                    "/hallpass mine: your requests, and what you still have to do",
                    "/hallpass inbox: what waits for you",
                    "/hallpass delegate: who stands in for you",
                    "/hallpass help: this list",
                ),
            ),
            Text("Where the policy wants permission, the answer has the form, and sends it to whoever decides."),
            Text("Who decides can also ask you something, or approve with changes. What you hold you can renew, or give back."),
            Note("Answers rest on the policy's own clauses. If a child may be in danger, call emergency services first."),
        ),
    )


def nothing(view: View) -> Card:
    """Return the sentence for an empty list."""
    return Card(EMPTY[view], (Text("Ask me what the policy lets you do: where it wants permission, the answer has the form."),))


def proposed(name: str, email: str) -> Card:
    """Return the sentence for somebody who, by the platform's verified e-mail, may be this person of the directory."""
    return Card(
        "I do not know you yet.",
        (
            Text(f"Your work e-mail is that of {name} in the district's staff directory."),
            Text("Ask whoever looks after Hallpass in your district to confirm that it is you. Then ask me again."),
            Note(f"For them: hallpass people bind {email}"),
        ),
        tone=Tone.warn,
    )


def not_known() -> Card:
    """Return the sentence for somebody who is not in the directory."""
    return Card(
        "I do not know you yet.",
        (Text("Your account is not in the district's staff directory. Ask whoever looks after Hallpass in your district to add you."),),
        tone=Tone.warn,
    )
