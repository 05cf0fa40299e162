"""What a form says: a request's fields with who will decide, a denial's reason, a duty's evidence, and what is wrong in a field."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.actions import Deny, Done, Request
from handlers.cards import Block, Card, Facts, Faults, Field, Form, Kind, Note, Text, Tone
from handlers.ids import AnswerId, DutyId, StageId
from handlers.people import Person, PersonId, Role
from handlers.policy.facts import Facts as Situation
from handlers.policy.fields import Fault, Wrong
from handlers.policy.forms import Asked, Obligation, Process
from handlers.policy.pack import Pack
from handlers.policy.vocabulary import words_for
from handlers.wording import details, kinds, somebody, terms
from handlers.wording.evidence import asked as evidence_asked
from handlers.workflow.chain import Found

REASON = Asked(
    name="reason", label="Reason for denying", kind="text", longest=1000, hint=f"Whoever asked will read this. {terms.NO_STUDENT}"
)

WRONG = {
    Wrong.missing: "{label}: please fill this in.",
    Wrong.too_long: "{label}: please use at most {longest} characters.",
    Wrong.not_a_choice: "{label}: please choose one of the answers offered.",
    Wrong.not_a_date: "{label}: please give a date such as 2026-09-01.",
    Wrong.not_yet: "{label}: please give a day that has come, not one that lies ahead.",
    Wrong.not_an_address: "{label}: please give a full web address, beginning with https://.",
    Wrong.not_ticked: "{label}: please confirm this. The policy asks for it, so without it the request cannot be sent.",
    Wrong.too_wide: "{label}: please stay within what was asked for.",
    Wrong.over: "{label}: please give a day that is still to come.",
    Wrong.before_start: "{label}: please give a day after the first one.",
    Wrong.not_somebody: "{label}: nobody whom you may name here has that e-mail address. Please give a work e-mail of the directory.",
    Wrong.needs_words: "{label}: with this the form asks for more, which only whoever sent the request can say. Please leave it as it was.",
}


def request(
    answer: AnswerId,
    process: Process,
    situation: Situation,
    found: Sequence[Found],
    known: Mapping[PersonId, Person],
    *,
    people: Sequence[Person] = (),
    last: Role = Role.superintendent,
) -> Form:
    """Return the form which the clause prescribes, with everybody who will decide or be told named before it is sent.

    `people` are those whom its field of kind person may name; `last` is the role to which goes what would reach nobody.
    """
    fields = tuple(somebody.drawn(one, people) if one.kind == "person" else an_input(one, situation) for one in process.fields)
    who = tuple(_who(process, found, known))
    notes = [Note(sentence) for sentence in kinds.before_sending(process, last)]
    blocks: tuple[Block, ...] = (Text(process.intro), *([Facts(who)] if who else []), *notes)
    return Form(process.title, Request(answer), fields, blocks, send=kinds.SEND[process.kind])


def denial(stage: StageId, requester: str) -> Form:
    """Return the form that asks for the reason of a denial."""
    return Form(f"Deny what {requester} asks for", Deny(stage), (an_input(REASON, Situation()),), send="Deny")


def evidence(duty: DutyId, what: str, obligation: Obligation) -> Form:
    """Return the form that takes a duty's evidence."""
    fields = tuple(an_input(one, Situation()) for one in evidence_asked(obligation))
    return Form(obligation.done, Done(duty), fields, (Text(what),), send=obligation.done)


def faults(found: Sequence[Fault]) -> Faults:
    """Return each field's sentence."""
    return Faults(
        tuple((fault.field.name, WRONG[fault.wrong].format(label=fault.field.label, longest=fault.field.longest)) for fault in found)
    )


def nobody(found: Found, pack: Pack, *, decides: bool = True) -> Card:
    """Return what is said, before anything is sent, when nobody could decide, or nobody could be told."""
    role, what = terms.ROLES[found.role], "decide" if decides else "be told"
    return Card(
        f"Nobody could {'decide this' if decides else 'be told of this'} yet.",
        (
            Text(f"The policy wants {role} to {what}, but the directory names nobody for that role, nor a stand-in. Nothing was sent."),
            Text(f"Please ask your technology department to add {role} to the directory of {pack.name}, then press the button again."),
        ),
        tone=Tone.warn,
    )


def an_input(asked: Asked, situation: Situation) -> Field:
    """Return the input of a field, with what the person said standing in it."""
    value = situation.known.get(asked.fact, "") if asked.fact else ""
    words = words_for(asked.fact, value) if asked.fact and value else ""
    fits = not asked.options or words in asked.options
    return Field(
        asked.name,
        asked.label,
        Kind(asked.kind),
        required=asked.required,
        hint=asked.hint,
        options=asked.options,
        longest=asked.longest,
        value=words if fits else "",
        when=tuple(asked.when.items()),
    )


def _who(process: Process, found: Sequence[Found], known: Mapping[PersonId, Person]) -> Iterator[tuple[str, str]]:
    """Yield who decides at each stage; a notice has no stages, and its people are those who are told."""
    for number, stage in enumerate(found):
        yield _part(process, found, number), _people(stage, known)
    if process.tells and process.stages:
        yield "Who is told", terms.capital(terms.roles(process.tells))


def _part(process: Process, found: Sequence[Found], number: int) -> str:
    if not process.stages:
        return "Who receives it" if process.kind == "report" else "Who is told"
    if len(found) == 1:
        return "Who decides"
    turn = found[number].turn
    if turn is not None and any(one.turn == turn for one in found[:number]):
        return "At the same time"
    first = number == 0 or (turn is not None and found[0].turn == turn)
    return "Decides first" if first else "Decides next"


def _people(stage: Found, known: Mapping[PersonId, Person]) -> str:
    people, role = terms.names(stage.people, known), f"{terms.ROLES[stage.role]}{details.of_school(stage.school)}"
    if stage.stands_in:
        return f"{people}, in place of {role} (district setting)"
    return f"{people} ({role.removeprefix('the ')})"
