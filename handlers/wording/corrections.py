"""What is said of a request that its sender corrected: her form, what is different, on whose card; and the buttons of whoever decides."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from handlers.actions import Approve, Delegate, Deny, Reassign
from handlers.cards import Block, Button, Card, Facts, Form, Text, Tone
from handlers.changing import ApproveChanged, AskMore, Correct
from handlers.policy.facts import Facts as Situation
from handlers.policy.forms import Process
from handlers.wording import forms, terms
from handlers.workflow.correcting import Corrected, Unchanged, drawn
from handlers.workflow.request import Request, Stage
from handlers.workflow.said import Correction
from handlers.workflow.untimely import Begun, CorrectedSince

NOTHING = "nothing"


def form(request: Request, process: Process) -> Form:
    """Return the process's form as she filled it in."""
    blank = [forms.an_input(asked, Situation()) for asked in process.fields]
    fields = tuple(replace(one, value=_fitting(one.options, request.fields.get(one.name, ""))) for one in blank)
    intro = Text("Nobody has decided yet. Whoever decides reads what you correct, and that you corrected it.")
    return Form(f"Correct: {process.title}", Correct(request.id), fields, (intro,), send="Send correction")


def shown(corrections: Sequence[Correction]) -> Iterator[Block]:
    """Yield when the request was corrected, and what stood there before."""
    for one in corrections:
        yield Facts((("Corrected on", one.at), *((change.label, _instead(change.before, change.after)) for change in one.changes)))


def decision_buttons(request: Request, stage: Stage) -> tuple[Button, ...]:
    """Return what whoever decides can press; each decision says which correction was the last on the card."""
    seen = drawn(request, stage.id)
    return (
        Button("Approve", Approve(seen), Tone.good),
        Button("Deny", Deny(seen), Tone.stop),
        Button("Approve with changes", ApproveChanged(seen)),
        Button("Give away", Reassign(stage.id)),
        Button("Ask a question", AskMore(stage.id)),
        Button("Ask somebody else to decide", Delegate(stage.id)),
    )


def receipt(outcome: Corrected | Unchanged) -> Card:
    """Return what she reads after sending it."""
    match outcome:
        case Corrected():
            return _card("Corrected.", "Whoever decides sees what is different. You will be told here as soon as it is decided.", Tone.good)
        case Unchanged():
            return _card("Nothing was different.", "The form says what it said before. Nothing was changed.", Tone.plain)
        case _:
            assert_never(outcome)


def begun(refusal: Begun) -> Card:
    """Return the sentence for a correction that comes after somebody has decided."""
    return _card(
        "It is too late to correct this.",
        f"It was decided already for {terms.to_her(refusal.stage.role)}, and what was agreed to stays as it was. Nothing was changed. "
        "Please withdraw the request and ask again.",
        Tone.warn,
    )


def read_again(refusal: CorrectedSince) -> Card:
    """Return the sentence for a decision on what was not read yet, with what is different and the buttons for what stands there now."""
    title = "This was corrected: please read it again."
    text = Text("Your card showed it as it was before. Nothing was changed. This is different now:")
    new = refusal.request.corrections[refusal.seen :]
    return Card(title, (text, *shown(new)), decision_buttons(refusal.request, refusal.stage), Tone.warn, title)


def _instead(before: str, after: str) -> str:
    return f"{terms.day(after) or NOTHING}, instead of {terms.day(before) or NOTHING}"


def _fitting(options: Sequence[str], value: str) -> str:
    return value if not options or value in options else ""


def _card(title: str, sentence: str, tone: Tone) -> Card:
    return Card(title, (Text(sentence),), tone=tone, summary=title)
