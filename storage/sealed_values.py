"""A request and its parts with every word that people typed sealed, or opened again. Not here: keys, rows, statements."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from handlers.workflow.channel import Channel
from handlers.workflow.request import Delegation, Duty, Request, Stage
from handlers.workflow.said import Change, Correction, Question, Word

Turn = Callable[[str, str], str]  # where it stands and what stands there -> the same, sealed or opened


class Turned(NamedTuple):
    """Values with their words turned, all by the same seal and in the same direction."""

    turn: Turn

    def request(self, whole: Request) -> Request:
        """Turn a request with all its parts."""
        return replace(
            whole,
            fields={name: self.turn(f"fields.{name}", value) for name, value in whole.fields.items()},
            why_stopped=self.turn("why_stopped", whole.why_stopped),
            stages=tuple(self.stage(one) for one in whole.stages),
            duties=tuple(self.duty(one) for one in whole.duties),
            questions=tuple(self.question(one) for one in whole.questions),
            channel=self.channel(whole.channel) if whole.channel else None,
            departures=tuple(replace(one, name=self.turn(f"departures.{at}", one.name)) for at, one in enumerate(whole.departures)),
            corrections=tuple(self._correction(f"corrections.{at}", one) for at, one in enumerate(whole.corrections)),
        )

    def stage(self, one: Stage) -> Stage:
        """Turn a stage, with who was asked to decide, whom it went to and what was changed."""
        if not (one.reason or one.changes or one.delegations or one.reassigned):
            return one  # of most stages nothing is typed, and making the same again takes longer than sealing
        return replace(
            one,
            reason=self.turn(f"{one.id}.reason", one.reason),
            changes=tuple(self._change(f"{one.id}.changes", change) for change in one.changes),
            delegations=tuple(self._delegation(one, asked) for asked in one.delegations),
            reassigned=tuple(
                replace(went, reason=self.turn(f"{one.id}.reassigned.{at}", went.reason)) for at, went in enumerate(one.reassigned)
            ),
        )

    def duty(self, one: Duty) -> Duty:
        """Turn what was said about a duty; what is to be done are the pack's words."""
        if not (one.evidence or one.given or one.handed or one.reopened):
            return one
        return replace(
            one,
            evidence=self.turn(f"{one.id}.evidence", one.evidence),
            given=tuple(replace(said, value=self.turn(f"{one.id}.given.{said.name}", said.value)) for said in one.given),
            handed=self._word(f"{one.id}.handed", one.handed),
            reopened=self._word(f"{one.id}.reopened", one.reopened),
        )

    def channel(self, one: Channel) -> Channel:
        """Turn what was typed of an entry of the register."""
        return replace(
            one,
            platform=self.turn("channel.platform", one.platform),
            purpose=self.turn("channel.purpose", one.purpose),
            address=self.turn("channel.address", one.address),
            administrators=self.turn("channel.administrators", one.administrators),
            why=self.turn("channel.why", one.why),
            note=self.turn("channel.note", one.note),
        )

    def question(self, one: Question) -> Question:
        """Turn a question and its answer."""
        return replace(one, question=self.turn(f"{one.id}.question", one.question), answer=self.turn(f"{one.id}.answer", one.answer))

    def _correction(self, place: str, one: Correction) -> Correction:
        return replace(one, changes=tuple(self._change(place, change) for change in one.changes))

    def _change(self, where: str, one: Change) -> Change:
        place = f"{where}.{one.name}"
        return replace(one, before=self.turn(f"{place}.before", one.before), after=self.turn(f"{place}.after", one.after))

    def _word(self, place: str, one: Word | None) -> Word | None:
        return replace(one, text=self.turn(place, one.text)) if one else None

    def _delegation(self, stage: Stage, one: Delegation) -> Delegation:
        return replace(one, reason=self.turn(asked_place(stage.id, one.person), one.reason))


def asked_place(stage: str, person: str) -> str:
    """Return where it stands why somebody was asked to decide."""
    return f"{stage}.asked.{person}"
