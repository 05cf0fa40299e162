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
from handlers.wording import details, terms
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
    Wrong.needs_words: "{label}: with this the form asks for more, which only whoever sent the request can say. Please leave it as it was.",
}

EVIDENCE = {
    "text": ("What was done", Kind.text),
    "url": ("Web address", Kind.url),
    "date": ("On which day", Kind.date),
}


def request(answer: AnswerId, process: Process, situation: Situation, found: Sequence[Found], known: Mapping[PersonId, Person]) -> Form:
    """Return the form which the clause prescribes, with everybody who will decide or be told named before it is sent."""
    fields = tuple(an_input(asked, situation) for asked in process.fields)
    who = tuple(_who(process, found, known))
    note = Note("The bot writes to no parents: somebody of the district tells them.") if Role.parents in process.tells else None
    blocks: tuple[Block, ...] = (Text(process.intro), *([Facts(who)] if who else []), *([note] if note else []))
    return Form(process.title, Request(answer), fields, blocks, send="Send request" if process.stages else "Send notice")


def denial(stage: StageId, requester: str) -> Form:
    """Return the form that asks for the reason of a denial."""
    return Form(f"Deny what {requester} asks for", Deny(stage), (an_input(REASON, Situation()),), send="Deny")


def evidence(duty: DutyId, what: str, obligation: Obligation) -> Form:
    """Return the form that takes a duty's evidence."""
    return Form(obligation.done, Done(duty), (an_input(evidence_asked(obligation), Situation()),), (Text(what),), send=obligation.done)


def evidence_asked(obligation: Obligation) -> Asked:
    """Return the one field of a duty's evidence; contracts, section 4, name the address `url`."""
    label, kind = EVIDENCE[obligation.evidence]
    name = "url" if obligation.evidence == "url" else "evidence"
    return Asked(name=name, label=label, kind=kind.value, longest=500)


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
        return "Who is told"
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
