"""The register's cards and forms, and a department's queue, by name: part of the gallery."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.cards import Card, Faults, Form
from handlers.ids import ChannelId, DutyId, RequestId
from handlers.kept import Happening
from handlers.people import HALLPASS, Person, PersonId, Role
from handlers.policy.fields import check
from handlers.policy.pack import Pack
from handlers.wording import channels, duties, forms, history, queue
from handlers.workflow.channel import CLOSING, Channel, closed, confirmed, doubted
from handlers.workflow.permission import stopped
from handlers.workflow.queue import waiting
from handlers.workflow.request import Duty, DutyStatus, Request, Status
from tests.samples import DANA, MAPLE_GROVE, NOON, RAVI

LATER = NOON + timedelta(days=400)
CHANNEL = Channel(
    ChannelId("r1.c"),
    MAPLE_GROVE,
    RequestId("r1"),
    DANA.id,
    "a messaging app",
    "Bus times change during the day",
    "https://texts.example/whitlock",
    "Dana and the technology department",
    NOON,
)
CHECKED = replace(CHANNEL, checked_at=NOON + timedelta(days=3), checked_by=RAVI.id, note="Opens, and shows the team only")
ASKED = replace(CHECKED, asked_at=LATER)


def register(request: Request, pending: Request, pack: Pack, known: dict[PersonId, Person]) -> dict[str, Card | Form | Faults]:
    """Return the moments of a channel that the approved `request` opened, and of a queue in which `pending` waits."""

    def having(channel: Channel, **changed: object) -> Request:
        return replace(request, channel=channel, **changed)  # type: ignore[arg-type]  # each moment names real fields

    closing = Duty(DutyId("r1.c2"), CLOSING, channels.to_close(CHANNEL), Role.technology_department, (RAVI.id,))
    done = replace(closing, status=DutyStatus.done, done_by=RAVI.id, done_at=LATER, evidence="Taken offline with the platform")
    unconfirmed = doubted(ASKED, channels.UNANSWERED, LATER)
    revoked = stopped(having(CHECKED, status=Status.revoked), RAVI.id, "The account was passed on", LATER)
    faults = check([channels.ADDRESS, *channels.CHECK], {"url": "nowhere"})
    taken = replace(request, duties=(replace(request.duties[0], taken_by=DANA.id, taken_at=LATER, due=LATER), *request.duties[1:]))
    return {
        "channel-asked": channels.question(having(ASKED), pack, known),
        "channel-asked-and-confirmed": channels.question(having(confirmed(ASKED, LATER)), pack, known),
        "channel-asked-and-never-answered": channels.question(having(unconfirmed), pack, known),
        "channel-to-check": channels.to_keep(having(CHANNEL), known),
        "channel-little-known": channels.to_keep(having(replace(CHANNEL, platform="", address="", administrators="")), known),
        "channel-directed": channels.to_keep(having(CHECKED, stages=(), status=Status.ended, addressee=DANA.id), known),
        "channel-closed": channels.to_keep(having(closed(CHECKED, "Taken offline with the platform", LATER)), known),
        "channel-unconfirmed": channels.entry(having(unconfirmed), known),
        "channel-revoked": channels.entry(revoked, known),
        "channel-ended": channels.entry(having(CHECKED, status=Status.ended), known),
        "channel-given-back": channels.entry(stopped(having(CHECKED, status=Status.ended), DANA.id, "", LATER), known),
        "channel-duty": duties.to_do(having(unconfirmed), closing, pack, known),
        "channel-duty-done": duties.to_do(having(unconfirmed), done, pack, known),
        "channels": channels.summary([CHANNEL, CHECKED, unconfirmed], pack.settings.upkeep),
        "form-check": channels.to_check(CHECKED),
        "form-close": forms.evidence(closing.id, closing.what, duties.obligation(request, closing, pack)),
        "form-move": channels.to_move(CHANNEL),
        "faults-register": forms.faults(faults if isinstance(faults, tuple) else ()),
        "refused-channel-closed": channels.over(having(closed(CHECKED, channels.SAID_CLOSED, LATER))),
        "queue": queue.card(Role.technology_department, [*waiting([pending, taken])], pack, known),
        "record-channel": history.story(having(CHECKED), list(_happened(request)), pack, known),
    }


def _happened(request: Request) -> list[Happening]:
    what = (
        ("registered", HALLPASS, channels.named(CHANNEL)),
        ("channel_checked", RAVI.id, "Opens, and shows the team only"),
        ("channel_asked", HALLPASS, ""),
        ("channel_confirmed", DANA.id, ""),
        ("channel_moved", DANA.id, "https://texts.example/new"),
        ("channel_unconfirmed", HALLPASS, ""),
        ("channel_closed", RAVI.id, "(Taken offline with the platform)"),
    )
    at: datetime = request.opened_at
    return [
        Happening(request.id, MAPLE_GROVE, at + timedelta(days=day), who, one, request.status, request.status, detail, "0" * 64, CHANNEL.id)
        for day, (one, who, detail) in enumerate(what)
    ]
