"""For whom a command lists or takes out requests: then only what that person may read. Not here: who may read what."""

from collections.abc import Callable, Sequence

from bot.terminal import Refused
from handlers.people import DistrictKey
from handlers.ports import Packs, Work
from handlers.readers import may_read
from handlers.workflow.request import Request

HELP = "only what this person may read: no report about themselves, no note of others that is not theirs to read"


def readable(work: Work, packs: Packs, districts: Sequence[DistrictKey], email: str | None) -> Callable[[Request], bool]:
    """Return what says whether they read a request: where nobody is named, whoever runs the command reads all. Raises Refused."""
    if email is None:
        return lambda _: True
    found = [one for district in districts if (one := work.directory.by_email(district, email.strip())) is not None]
    if not found:
        raise Refused(f"Nobody in this directory has the address {email}: `hallpass people list` shows everybody.")
    return lambda request: any(may_read(work, request, packs.get(request.district), one) for one in found)
