"""Whether an answer helped: the verdict of whoever asked, kept once; the last one counts. Not here: the answer, who reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.actions import Helpful, Unhelpful
from handlers.kept import Feedback
from handlers.once import attempt, came_before
from handlers.people import Person
from handlers.policy.fields import Fault, check
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.spelling import spell
from handlers.wording.feedback import WHAT
from handlers.workflow.refused import Unknown


@dataclass(frozen=True, slots=True)
class Outdated:
    """The rules changed since the answer, or it was no answer: what is thought of it helps nobody."""


def judge(
    work: Work, action: Helpful | Unhelpful, actor: Person, pack: Pack, values: Mapping[str, str] | None, *, delivery: str, now: datetime
) -> Feedback | tuple[Fault, ...] | Outdated | Unknown:
    """Keep the verdict of the person who asked; `values` are the form's, None for a press, which leaves earlier words standing."""
    answered = work.answers.get(action.answer)
    if answered is None or answered.person != actor.id:
        return Unknown()
    if answered.asked or answered.fingerprint != pack.version:
        return Outdated()
    before = work.feedback.get(answered.id, actor.id)
    attempted = attempt(spell(action)[0], answered.id, actor)
    if before is not None and came_before(work, delivery, attempted):
        return before  # which may be a later verdict than this delivery's
    words = _words(action, before, values)
    if isinstance(words, tuple):
        return words
    kept = Feedback(answered.id, actor.id, isinstance(action, Helpful), words, now)
    work.inbox.first(delivery, attempted)
    work.feedback.keep(kept)
    return kept


def _words(action: Helpful | Unhelpful, before: Feedback | None, values: Mapping[str, str] | None) -> str | tuple[Fault, ...]:
    if isinstance(action, Helpful):
        return ""
    if values is None:
        return before.words if before else ""
    filled = check([WHAT], values)
    return filled if isinstance(filled, tuple) else filled.get(WHAT.name, "")
