"""The desk's reply, handed to Teams: into the conversation, to one person alone, or in place of the card that was pressed.

Source: msteams-docs, Work-with-universal-actions-for-adaptive-cards.md: a button is answered with a card for whoever pressed, or with a
few words; everybody else's card changes only by an edit.
"""

from typing import assert_never

from adapters.patience import patiently
from adapters.teams.activity import Heard, Invoked, Json, Kind, Sender
from adapters.teams.carry import drawn
from adapters.teams.chat import TeamsChat
from adapters.teams.draw import CARD, draw
from adapters.teams.form import draw_form
from adapters.teams.people import address_of
from adapters.teams.refs import TeamsRef
from adapters.teams.turns import Replied
from handlers.cards import Card, Faults, Open, Reply, Say, Text, Whisper
from handlers.desk import Desk

WORDS = "application/vnd.microsoft.activity.message"


class Hands:
    """What comes back from the desk, and where it goes."""

    def __init__(self, desk: Desk, chat: TeamsChat) -> None:
        self._desk, self._chat = desk, chat

    async def over(self, reply: Reply, ref: TeamsRef, kind: Kind, sender: Sender) -> None:
        """Hand over the reply to words: for the person alone where others would hear it."""
        match reply:
            case Say(card, key, ours):
                await self._chat.say(ref, card, key, ours=ours)
            case Whisper(card) if kind is Kind.personal:
                await patiently(lambda: self._chat.put(ref, draw(card), card.summary or card.title))
            case Whisper():
                await self.whisper(reply, ref, kind, sender)
            case Open() | Faults():
                raise TypeError(reply)  # no form comes of words
            case _:
                assert_never(reply)

    async def whisper(self, reply: Reply, ref: TeamsRef, kind: Kind, sender: Sender) -> None:
        """Tell the person alone."""
        if isinstance(reply, Say | Whisper):
            member = "" if kind is Kind.personal else sender.id
            await self._chat.whisper(address_of(sender), ref, reply.card, member)

    async def afterwards(self, replied: Replied, heard: Heard, summary: str = "An answer to what you pressed") -> None:
        """Hand over what came of a button whose client takes no answer, or of words that begin a request: as a message."""
        if (card := card_of(replied)) is not None:
            await self._privately(card, summary, heard)
        elif isinstance(replied.reply, Say | Whisper):
            await self.over(replied.reply, heard.ref, heard.kind, heard.sender)

    async def instead(self, reply: Say, invoked: Invoked) -> None:
        """Put the next answer where the question stood, for everybody: it was asked there."""
        await patiently(lambda: self._chat.rewrite(invoked.ref, invoked.reply_to, reply.card))

    async def _privately(self, card: Json, summary: str, heard: Heard) -> None:
        """Put a card before the person alone; a form is nobody else's."""
        if heard.kind is Kind.personal:
            await patiently(lambda: self._chat.put(heard.ref, card, summary))
        else:
            await self._chat.tell(address_of(heard.sender), heard.ref, card, summary)

    def answered(self, replied: Replied, viewer: str) -> Json:
        """Return what a button is answered with: the card that takes its place for the viewer (29:…), or words beside it."""
        if (card := card_of(replied, viewer)) is not None:
            return {"statusCode": 200, "type": CARD, "value": card}
        reply = replied.reply
        if isinstance(reply, Whisper):
            return {"statusCode": 200, "type": WORDS, "value": plainly(reply.card)}
        raise TypeError(reply)

    def greeting(self) -> Card:
        """Return what somebody sees who has just got the app."""
        reply = self._desk.help()
        if not isinstance(reply, Say | Whisper):
            raise TypeError(reply)
        return reply.card


def card_of(replied: Replied, viewer: str = "") -> Json | None:
    """Return the card that a reply puts in place of what was pressed; None where it only says something."""
    match replied.reply:
        case Open(form):
            return draw_form(form)
        case Faults(sentences):
            if replied.form is None:
                raise TypeError(replied)
            return draw_form(replied.form.form, replied.typed, dict(sentences))
        case Say(card):
            return draw(card)
        case Whisper(card):
            return drawn(card, viewer) if replied.typed is not None or card.buttons else None
        case _:
            assert_never(replied.reply)


def plainly(card: Card) -> str:
    """Return a short card as words: there is no room for more beside a button."""
    said = " ".join(block.text for block in card.blocks if isinstance(block, Text))
    return f"{card.title} {said}".strip()
