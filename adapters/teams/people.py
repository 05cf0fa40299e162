"""Who a Teams user is: a tenant and an Entra object id in, the person of the directory out. Not here: what a person may do."""

import logging
from collections.abc import Awaitable, Callable

from adapters.teams.activity import Sender
from adapters.teams.refs import TeamsRef
from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, Person, Platform
from handlers.ports import CannotDeliver, Clock, Store, Work

log = logging.getLogger(__name__)

Email = Callable[[TeamsRef, Sender], Awaitable[str | None]]  # what Microsoft says of a member of the tenant, None of guests


def address_of(sender: Sender) -> Address:
    """Return how the directory may know this user."""
    return Address(Platform.teams, sender.tenant, sender.aad)


class TeamsPeople:
    """The people of one district, as its tenant knows them."""

    def __init__(self, store: Store, district: DistrictKey, email: Email, clock: Clock) -> None:
        self._store, self._district, self._email, self._clock = store, district, email, clock

    async def at(self, sender: Sender) -> Person | None:
        """Return the person that the directory binds to this user; None for anybody else, and for people of other districts."""
        if not sender.aad:
            return None
        person = await self._store.glance(_who, address_of(sender))
        return person if person is not None and person.district == self._district else None

    async def perhaps(self, ref: TeamsRef, sender: Sender) -> Person | None:
        """Return whom the e-mail of an unknown user names, kept as a proposal. They are not that person until somebody says so."""
        try:
            email = await self._email(ref, sender) if sender.aad else None
        except CannotDeliver as why:
            log.warning("Teams did not say who somebody is: %s", why)
            return None
        return await self._store.write(self._proposed, address_of(sender), email) if email else None

    def _proposed(self, work: Work, address: Address, email: str) -> Person | None:
        person = work.directory.by_email(self._district, email)
        if person is None or any(one.platform is Platform.teams for one in person.addresses):
            return None
        if work.directory.by_address(address):
            return None  # the account is somebody's already, here or in another district
        work.proposals.propose(Proposal(address, self._district, person.id, self._clock()))
        return person


def _who(work: Work, address: Address) -> Person | None:
    return work.directory.by_address(address)
