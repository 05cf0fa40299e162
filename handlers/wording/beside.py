"""Who decides beside, or instead of, those who hold the role: asked or given it by somebody, or standing in. Phrases for every card."""

from collections.abc import Callable, Iterator, Mapping

from handlers.cards import Block, Note
from handlers.people import Person, PersonId, Role
from handlers.wording import details, terms
from handlers.workflow.request import Delegation, Request, Stage
from handlers.workflow.said import Reassigned

People = Mapping[PersonId, Person]


def waiting(stage: Stage, known: People, called: Callable[[Role], str]) -> str:
    """Return for whom a stage waits: those who hold the role, then whom they asked."""
    asked = [f"{terms.name(one.person, known)}, {_asked(one, known)}" for one in stage.delegations]
    ours = asked_by_hallpass(stage)
    asked += [f"{terms.name(person, known)}, asked by Hallpass, too" for person in ours]
    own = [person for person in stage.people if stage.delegation(person) is None and person not in ours]
    return "; or ".join([*([_own(own, stage, known, called)] if own or not asked else []), *asked])


def asked_by_hallpass(stage: Stage) -> tuple[PersonId, ...]:
    """Return who was asked because nobody answered, or nobody could be reached, beside those who hold the role."""
    asked = tuple(person for person in stage.people if person in stage.added and stage.delegation(person) is None)
    return asked if len(asked) < len(stage.people) else ()


def also(stage: Stage, known: People) -> Iterator[Block]:
    """Yield who was asked besides, and why, for those who decide."""
    if (went := stage.given) is not None:
        yield Note(f"{terms.name(went.by, known)} gave this to {terms.name(went.to, known)}. Reason: {went.reason}")
    for one in stage.delegations:
        who, by = terms.name(one.person, known), terms.name(one.by, known)
        if one.until is not None:
            yield Note(f"{who} stands in for {by} until {_day(one)}: either of them may decide.")
        else:
            yield Note(f"Asked by {by}: {who} decides too.{f' Reason: {one.reason}' if one.reason else ''}")
    for person in asked_by_hallpass(stage):
        yield Note(f"Asked by Hallpass: {terms.name(person, known)} decides too (district setting).")


def decider(stage: Stage, known: People) -> str:
    """Return at whose asking a stage was decided; nothing of whoever decided in their own right."""
    one, went = stage.delegation(stage.decided_by), stage.given
    if one is None:
        return _given(went, known) if went is not None and went.to == stage.decided_by else ""
    if one.until is None:
        return _asked(one, known)
    who, by = terms.name(one.person, known), terms.name(one.by, known)
    return f"in place of {by}, who asked {who} to stand in until {_day(one)}"


def part(stage: Stage, known: People) -> str:
    """Return in which part a stage was decided, as it follows the verb in the history."""
    asked = _placed(stage, decider(stage, known))
    return f", {asked}" if asked else f" {details.part(stage)}"


def after_name(stage: Stage, known: People) -> str:
    """Return at whose asking and in whose place a stage was decided, as it follows the decider's name on a card."""
    asked = decider(stage, known)
    place = details.in_place(stage) if stage.stands_in is not None else ""
    return f", {_placed(stage, asked) or place}" if asked or place else ""


def decided(stage: Stage, known: People) -> str:
    """Return the detail of a decision as the record keeps it: what was written, and at whose asking it was decided."""
    asked, written = decider(stage, known), details.decided(stage)
    return f"{written} ({asked})" if asked and written else asked or written


def _placed(stage: Stage, asked: str) -> str:
    return f"{asked}; {details.in_place(stage)}" if asked and stage.stands_in is not None else asked


def _own(people: list[PersonId], stage: Stage, known: People, called: Callable[[Role], str]) -> str:
    names = terms.names(people, known) or "nobody in the directory"
    if stage.given is not None:
        return f"{names}, {_given(stage.given, known)}"
    if stage.stands_in is not None:
        return f"{names}, in place of {called(stage.role)}{details.of_school(stage.school)} (district setting)"
    return f"{names} ({called(stage.role).removeprefix('the ')}{details.of_school(stage.school)})"


def _asked(one: Delegation, known: People) -> str:
    by = terms.name(one.by, known)
    return f"in place of {by} until {_day(one)}" if one.until is not None else f"asked by {by}"


def _given(went: Reassigned, known: People) -> str:
    return f"given it by {terms.name(went.by, known)}"


def _day(one: Delegation) -> str:
    return terms.day(one.until.isoformat()) if one.until is not None else ""


def last_decided(request: Request) -> Stage:
    """Return the stage that was decided last, whichever place it has among those side by side."""
    decided = [(number, one) for number, one in enumerate(request.stages) if one.decided_at is not None]
    return max(decided, key=lambda one: _moment(one[1], one[0]))[1] if decided else request.stages[-1]


def until(request: Request, stage: Stage) -> Iterator[Stage]:
    """Yield what had been decided when this stage was, and the stage."""
    at = request.stages.index(stage)
    for number, one in enumerate(request.stages):
        beside_later = one.turn is not None and one.turn == stage.turn and _moment(one, number) > _moment(stage, at)
        if (number <= at or one.turn == stage.turn is not None) and not beside_later:
            yield one


def _moment(stage: Stage, number: int) -> tuple[str, int]:
    return (stage.decided_at.isoformat() if stage.decided_at is not None else "~", number)
