"""How somebody begins without a question: what she may start, her own words beside it, and why she may not. Not here: a process's form."""

from collections.abc import Sequence

from handlers.actions import EVERYTHING, Begin
from handlers.cards import Card, Faults, Field, Form, Kind, Text, Tone
from handlers.people import Role
from handlers.policy.forms import Process
from handlers.wording import terms

WISH, WHICH = "question", "process"
MOST_LISTED = 100  # Slack's select takes no more; a pack has some ten


def start(found: Sequence[tuple[str, Process]]) -> Form:
    """Return the form that takes her own words, or one of the things that she may start."""
    wish = Field(WISH, "What would you like to do, with whom, and how?", Kind.text, required=not found, longest=3000)
    listed = found[:MOST_LISTED]
    options, labels = tuple(key for key, _ in listed), tuple(process.title for _, process in listed)
    which = Field(WHICH, "Or choose what to start", Kind.choice, required=False, options=options, labels=labels)
    intro = Text("In your own words I look up what the policy says, and open the form it asks for. If you know the form, choose it.")
    return Form("Ask for permission", Begin(EVERYTHING), (wish, which) if found else (wish,), (intro,) if found else (), send="Ask")


def neither() -> Faults:
    """Return what is wrong with an empty form."""
    return Faults(((WISH, "Please say what you would like to do, or choose one below."),))


def not_entitled(roles: Sequence[Role], *, ours: bool) -> Card:
    """Return the sentence for somebody who may not start it."""
    whose = " (district setting)" if ours else ""
    who = " or ".join(terms.of_her(role) for role in roles) or "nobody"
    sentence = f"It is for {who}{whose}, for staff of their own. Nothing was sent. If it should be asked for, please tell them."
    return Card("You cannot start this.", (Text(sentence),), tone=Tone.warn, summary="You cannot start this.")
