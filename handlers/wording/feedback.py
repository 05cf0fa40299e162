"""Whether an answer helped: the two buttons under it, the form that asks what was wrong, and the thanks."""

from collections.abc import Iterator

from handlers.actions import Helpful, Unhelpful
from handlers.cards import Button, Card, Field, Form, Kind, Note, Text
from handlers.ids import AnswerId
from handlers.kept import Feedback
from handlers.policy.explain import Explained
from handlers.policy.forms import Asked
from handlers.policy.pack import Pack
from handlers.wording import terms

WHAT = Asked(
    name="what", label="What was wrong or missing?", kind="text", required=False, longest=1000, hint="Please name no student here."
)
SAFETY = "safety"  # whoever was told to call for help is not asked how it was


def buttons(explained: Explained, answer_id: AnswerId) -> Iterator[Button]:
    """Yield the two plain buttons, last under an answer; none where the bot asks back, or sends for help."""
    if not explained.question and explained.lost != SAFETY:
        yield Button("Helpful", Helpful(answer_id))
        yield Button("Not helpful", Unhelpful(answer_id))


def what_was_wrong(feedback: Feedback, pack: Pack) -> Form:
    """Return the form; what was written in it before stands there again."""
    field = Field(WHAT.name, WHAT.label, Kind.text, required=False, hint=WHAT.hint, longest=WHAT.longest, value=feedback.words)
    blocks = (
        Text("It is noted that this answer did not help. If you like, say why."),
        Note(f"{_readers(pack)} will read your words with the question. No student's name should stand in them."),
    )
    return Form("Not helpful", Unhelpful(feedback.answer), (field,), blocks, send="Send")


def thanks(feedback: Feedback, pack: Pack) -> Card:
    """Return what whoever said it reads: a word of thanks, and who learns of it."""
    if feedback.helpful:
        return Card("Thank you.", (Text("Good to know that this helped."),), summary="Thank you.")
    return Card("Thank you.", (Text(f"{_readers(pack)} will see that this answer did not help."),), summary="Thank you.")


def _readers(pack: Pack) -> str:
    return f"{terms.capital(terms.ROLES[pack.settings.fallback])} (district setting)"
