"""What a form says of what its sender has asked for before: since when, and how it stands; and how she sends it all the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.cards import Block, Facts, Field, Form, Kind, Note, Text
from handlers.people import Person, PersonId
from handlers.policy.pack import Pack
from handlers.wording import earlier, permissions, terms
from handlers.wording.beside import waiting
from handlers.wording.states import state
from handlers.workflow.request import Request

People = Mapping[PersonId, Person]

DIFFERS = "differs"  # the box by which she says that she has seen the other one
MOST = 3  # of them are shown; all stand among her requests
WHERE = "It stands among your own requests (“mine”). Nobody has to decide the same twice."


def noticed(form: Form, others: Sequence[Request], pack: Pack, known: People) -> Form:
    """Return the form with what she has asked for that waits or holds, if there is any: she may have forgotten it."""
    if not others:
        return form
    head = Text("You have asked for something like this before.")
    box = Field(DIFFERS, "Send this one as well: it is for something else", Kind.check, required=False)
    return replace(form, blocks=(*form.blocks, head, *_told(others, pack, known), Note(WHERE)), fields=(*form.fields, box))


def held_up(form: Form, values: Mapping[str, str], same: Sequence[Request], pack: Pack, known: People) -> Form:
    """Return the form as she filled it in, not sent: it asks for what another one asks for."""
    box = Field(DIFFERS, "Send it all the same: I know of the other one", Kind.check)
    head = Text("This was not sent yet: you have asked for the same, for days that overlap.")
    how = Note(f"{WHERE} If you need both, confirm below and send it again.")
    return replace(form, blocks=(head, *_told(same, pack, known), how), fields=(*form.fields, box)).filled(values)


def _told(others: Sequence[Request], pack: Pack, known: People) -> Iterator[Block]:
    for request in others[:MOST]:
        word = state(request, earlier.process(request, pack))[0]
        waits = [("Waiting for", "; ".join(waiting(stage, known, terms.to_her) for stage in request.open_stages))]
        rows = (*(waits if request.open_stages else ()), *permissions.span(request, pack))
        yield Facts((("You asked on", request.opened_at), ("It is", word), *rows, ("Record", request.id[:8])))
