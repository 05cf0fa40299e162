"""Who reads which request: in the record, and in what is taken out of it for somebody. Not here: the cards, the files."""

from handlers.people import Person, Role
from handlers.policy.pack import Pack
from handlers.ports import Work
from handlers.wording.earlier import process
from handlers.wording.leaving import Leaves
from handlers.workflow.request import Request

KEEPERS = frozenset({Role.records_officer, Role.superintendent})


def keeps_from(request: Request, pack: Pack, reader: Person) -> bool:
    """Say whether it is kept from this person: a report about herself, or a note that neither is hers nor hers to read."""
    if request.subject == reader.id:
        return True
    read_too = request.requester == reader.id or bool(reader.roles & set(pack.settings.note_readers))
    return process(request, pack).kind == "note" and not read_too


def may_read(work: Work, request: Request, pack: Pack, reader: Person) -> bool:
    """Say whether this person reads it in the chat, too: in the record if they keep it, else on a card of theirs."""
    if request.district != reader.district or keeps_from(request, pack, reader):
        return False
    told = (card.to for card in work.outbox.cards(request.id) if card.kind != Leaves.undelivered)
    return bool(reader.roles & KEEPERS) or reader.id in told
