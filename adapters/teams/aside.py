"""Telling one person something in a group or channel that nobody else there sees. Not here: where else they can be told.

Source: msteams-docs, agents-in-teams/targeted-messages.md: it is gone after a day, and older clients or clouds may not know it.
"""

import logging

from adapters.teams.carry import carried
from adapters.teams.gateway import TeamsGateway
from adapters.teams.refs import TeamsRef
from handlers.cards import Card, Listing, Note, Text
from handlers.ports import CannotDeliver

log = logging.getLogger(__name__)


class Asides:
    """What is said aside; a conversation that refused it once is not asked again while this process lives."""

    def __init__(self, gateway: TeamsGateway) -> None:
        self._gateway = gateway
        self._refused: set[str] = set()

    async def told(self, ref: TeamsRef, member: str, card: Card) -> bool:
        """Say whether the member (29:…) was told there; if not, they have to be told elsewhere."""
        if not (member and plain(card)) or ref.conversation in self._refused:
            return False
        try:
            await self._gateway.whisper(ref, member, carried(card))
        except CannotDeliver as why:
            if why.permanent:
                log.info("nobody can be told anything aside in a conversation: %s", why)
                self._refused.add(ref.conversation)
            return False
        return True


def plain(card: Card) -> bool:
    """Whether a card is words alone. Facts may name students, and a button's card has to last: both belong into one's own chat."""
    return not card.buttons and all(isinstance(block, Text | Note | Listing) for block in card.blocks)
