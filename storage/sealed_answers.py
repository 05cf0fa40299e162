"""Questions and what people said of the answers, sealed with the data key of their district. Not here: any statement."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from handlers.ids import AnswerId
from handlers.kept import Answered, Feedback
from handlers.people import DistrictKey, PersonId
from handlers.policy.facts import Facts
from storage.answers import SqlAnswers
from storage.feedback import SqlFeedbacks
from storage.sealed_values import Turn
from storage.sealing import Sealer


class SealedAnswers(SqlAnswers):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        super().__init__(connection)
        self._sealer = sealer

    def add(self, answered: Answered) -> None:
        super().add(turned(answered, self._sealer.of(whose(answered.district)).shut))

    def get(self, answer: AnswerId) -> Answered | None:
        return self._opened(super().get(answer))

    def latest(self, person: PersonId, thread: str) -> Answered | None:
        return self._opened(super().latest(person, thread))

    def owed(self, saying: str, since: datetime) -> tuple[Answered, ...]:
        return tuple(opened(one, self._sealer) for one in super().owed(saying, since))

    def unsaid(self, noted: str, since: datetime) -> tuple[Answered, ...]:
        return tuple(opened(one, self._sealer) for one in super().unsaid(noted, since))

    def _opened(self, answered: Answered | None) -> Answered | None:
        return None if answered is None else opened(answered, self._sealer)


class SealedFeedbacks(SqlFeedbacks):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection, answers: SealedAnswers, sealer: Sealer) -> None:
        super().__init__(connection)
        self._answers, self._sealer = answers, sealer

    def keep(self, feedback: Feedback) -> None:
        answered = self._answers.get(feedback.answer) if feedback.words else None
        seal = self._sealer.of(whose(answered.district)) if answered else None
        super().keep(
            replace(feedback, words=seal.shut(feedback_place(feedback.answer, feedback.person), feedback.words)) if seal else feedback
        )

    def get(self, answer: AnswerId, person: PersonId) -> Feedback | None:
        said = super().get(answer, person)
        if said is None or not said.words:
            return said
        answered = self._answers.get(answer)
        return self._said(said, answered.district) if answered else said

    def of_district(self, district: DistrictKey, since: datetime) -> tuple[tuple[Answered, Feedback], ...]:
        found = super().of_district(district, since)
        return tuple((opened(answered, self._sealer), self._said(said, district)) for answered, said in found)

    def _said(self, said: Feedback, district: DistrictKey) -> Feedback:
        return replace(said, words=self._sealer.opened(whose(district), feedback_place(said.answer, said.person), said.words))


def whose(district: str) -> str:
    """Return what the data key of a district's own is kept under; no request is called so."""
    return f"district {district}"


def opened(answered: Answered, sealer: Sealer) -> Answered:
    """Return a question as it was asked."""
    return turned(answered, lambda place, kept: sealer.opened(whose(answered.district), place, kept))


def turned(answered: Answered, turn: Turn) -> Answered:
    """Return a question with every word of it sealed, or opened."""
    return replace(
        answered,
        turns=tuple(turn(f"{answered.id}.turns.{at}", said) for at, said in enumerate(answered.turns)),
        chosen=_facts(answered, "chosen", answered.chosen, turn),
        facts=_facts(answered, "facts", answered.facts, turn),
    )


def _facts(answered: Answered, name: str, facts: Facts, turn: Turn) -> Facts:
    return Facts(facts.known, {fact: turn(f"{answered.id}.{name}.{fact}", said) for fact, said in facts.words.items()})


def feedback_place(answer: str, person: str) -> str:
    """Return where it stands what somebody said of an answer."""
    return f"{answer}.{person}.words"
