"""The register of channels in words: its entries, the yearly question, forms, what the record says. Not here: who may say what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.cards import Button, Card, Facts, Field, Form, Kind, Note, Text, Tone
from handlers.keeping import Checked, Moved, NotUsed, StillUsed
from handlers.people import Person, PersonId
from handlers.policy.forms import Asked
from handlers.policy.pack import Pack
from handlers.policy.register import Upkeep
from handlers.wording import terms
from handlers.workflow.channel import Channel, ChannelState
from handlers.workflow.registered import standing
from handlers.workflow.request import Request, Status

People = Mapping[PersonId, Person]
Row = tuple[str, str | datetime]

ADDRESS = Asked(name="url", label="The new web address", kind="url", longest=500)
CHECK = (
    Asked(name="note", label="What you saw", kind="text", longest=500, hint=terms.NO_STUDENT),
    Asked(name="administrators", label="Who has administrator access", required=False, longest=200),
)
STATES = {
    ChannelState.live: ("Live", Tone.good),
    ChannelState.unconfirmed: ("Not confirmed", Tone.warn),
    ChannelState.closed: ("Closed", Tone.plain),
}
UNANSWERED = "Nobody answered whether it is still used."
SAID_CLOSED = "Its owner, or whoever keeps the register, said that it is closed."
NEEDLESS = {
    ChannelState.live: "No longer needed: it was confirmed that the channel is used.",
    ChannelState.closed: "It was said that the channel is closed.",
}
OURS = "The register, and how often owners are asked, are the district's choice (district setting)."


def question(request: Request, pack: Pack, known: People) -> Card:
    """Return the card that asks whether a channel is still used; once it was answered, how it stands."""
    channel = standing(request)
    if channel is None or channel.asked_at is None:
        return entry(request, known)
    title = f"Is this still used? {named(channel)}"
    upkeep = pack.settings.upkeep
    then = f"What nobody confirms within {upkeep.close} school days is to be closed by {terms.of_her(upkeep.keeper)}."
    buttons = (
        Button("Confirm that it is used", StillUsed(channel.id), Tone.good),
        Button("Say that it is closed", NotUsed(channel.id), Tone.stop, confirm="The register will say that it is closed. Is that so?"),
        Button("Change the address", Moved(channel.id)),
    )
    return Card(title, (Facts(tuple(_rows(request, channel, known))), Text(then), Note(OURS)), buttons, Tone.warn, title)


def entry(request: Request, known: People) -> Card:
    """Return an entry of the register as it counts, for whoever may read it: nothing is to be pressed. Raises LookupError without one."""
    channel = standing(request)
    if channel is None:
        message = "the request has no entry in the register"
        raise LookupError(message)
    word, tone = STATES[channel.state]
    title = f"{word}: {named(channel)}"
    why = channel.why or ended(request)
    rows = (*_rows(request, channel, known), *((("Why", why),) if channel.state is not ChannelState.live else ()))
    return Card(title, (Facts(rows), Note(OURS)), tone=tone, summary=title)


def facts(request: Request, known: People) -> Iterator[Facts]:
    """Yield what the register knows: enough to close a channel, and without what the form said of students."""
    if request.channel is not None:
        yield Facts(tuple(_rows(request, request.channel, known)))


def to_keep(request: Request, known: People) -> Card:
    """Return an entry for whoever keeps the register."""
    channel, card = standing(request), entry(request, known)
    if channel is None or channel.state is ChannelState.closed:
        return card
    return replace(card, buttons=(Button("Record a check", Checked(channel.id)),))


def summary(found: Sequence[Channel], upkeep: Upkeep) -> Card:
    """Return how many channels there are, for whoever keeps the register."""
    count = {state: sum(one.state is state for one in found) for state in ChannelState}
    new = sum(one.state is ChannelState.live and one.checked_at is None for one in found)
    title = f"Register: {count[ChannelState.live]} live, {count[ChannelState.unconfirmed]} unconfirmed"
    said = f"{new} of the live ones {'was' if new == 1 else 'were'} never checked. {count[ChannelState.closed]} closed."
    return Card(title, (Text(said), Note(f"Kept by {terms.of_her(upkeep.keeper)}. {OURS}")), summary=title)


def to_check(channel: Channel) -> Form:
    """Return the form that takes what somebody saw."""
    note, administrators = CHECK
    fields = (
        Field(note.name, note.label, Kind.text, hint=note.hint, longest=note.longest),
        Field(administrators.name, administrators.label, required=False, longest=administrators.longest, value=channel.administrators),
    )
    return Form("Record a check", Checked(channel.id), fields, (Text(named(channel)),), send="Record")


def to_move(channel: Channel) -> Form:
    """Return the form that takes the new address."""
    field = Field(ADDRESS.name, ADDRESS.label, Kind.url, longest=ADDRESS.longest, value=channel.address)
    return Form("Change the address", Moved(channel.id), (field,), (Text(named(channel)),), send="Change")


def over(request: Request) -> Card:
    """Return the sentence for a channel that is closed."""
    why = f" {(request.channel and request.channel.why) or ended(request)}"
    title = "This channel is closed."
    return Card(title, (Text(f"The register says so.{why} Nothing was changed."),), tone=Tone.warn, summary=title)


def named(channel: Channel) -> str:
    """Return what a channel is called: what it is, and where."""
    return f"{channel.platform or 'channel'}{f', {channel.address}' if channel.address else ''}"


def because(why: str) -> str:
    """Return a reason as the record adds it."""
    return f" ({why})" if why else ""


def ended(request: Request) -> str:
    """Return why a channel is closed whose permission is over."""
    if request.status is Status.revoked:
        return f"The permission was revoked{f': {request.why_stopped}' if request.why_stopped else '.'}"
    return "The permission was given back." if request.stopped_by is not None and not request.why_stopped else "The permission has ended."


def to_close(channel: Channel) -> str:
    """Return the duty to close what nobody confirmed."""
    return f"Close what nobody confirmed to be used: {named(channel)}"


def _rows(request: Request, channel: Channel, known: People) -> Iterator[Row]:
    yield "Owner", terms.name(channel.owner, known)
    yield "Purpose", channel.purpose
    yield "Administrator access", channel.administrators or "Not recorded"
    yield "Registered" if request.addressee else "Approved", channel.opened_at  # nobody approved what a colleague was asked for
    if channel.confirmed_at is not None:
        yield "Last confirmed", channel.confirmed_at
    if channel.checked_at is None or channel.checked_by is None:
        yield "Last check", "Never"
        return
    yield "Last check", channel.checked_at
    yield "Checked by", terms.name(channel.checked_by, known)
    yield "Seen", channel.note
