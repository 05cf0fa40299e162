"""Who a Slack user is: a workspace and a user id in, the person of the directory out. Not here: what a person may do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, Person, Platform
from handlers.ports import Clock, Store, Work


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever wrote or pressed: user ids are unique in a workspace, or in the whole of an Enterprise Grid."""

    team: str
    enterprise: str
    user: str
    ours: bool = False  # of the workspace that we are installed in, as far as the payload says

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Return how the directory may know this user."""
        return tuple(Address(Platform.slack, tenant, self.user) for tenant in (self.team, self.enterprise) if tenant)


Email = Callable[[Sender], Awaitable[str | None]]  # what Slack vouches for, see members.py


class SlackPeople:
    """The people of one district, as its workspace knows them; where workspaces are `mapped` to districts, those of every district."""

    def __init__(self, store: Store, district: DistrictKey, email: Email, clock: Clock, *, mapped: bool = False) -> None:
        self._store = store
        self._district = district
        self._mapped = mapped
        self._email = email
        self._clock = clock

    async def at(self, sender: Sender) -> Person | None:
        """Return the person that the directory binds to this user; None for anybody else, and for people of other districts."""
        for address in sender.addresses:
            person = await self._store.glance(_who, address)
            if person is not None and (self._mapped or person.district == self._district):
                return person
        return None

    async def perhaps(self, sender: Sender) -> Person | None:
        """Return whom the e-mail of an unknown user names, kept as a proposal. They are not that person until somebody says so."""
        email = await self._email(sender)
        return await self._store.write(self._proposed, sender.addresses, email) if email else None

    def _proposed(self, work: Work, addresses: tuple[Address, ...], email: str) -> Person | None:
        district = district_of(work, addresses, self._district) if self._mapped else self._district
        person = work.directory.by_email(district, email) if district else None
        if person is None or any(one.platform is Platform.slack for one in person.addresses):
            return None
        if any(work.directory.by_address(address) for address in addresses):
            return None  # the account is somebody's already, here or in another district
        work.proposals.propose(Proposal(addresses[0], person.district, person.id, self._clock()))
        return person


def district_of(work: Work, addresses: tuple[Address, ...], default: DistrictKey) -> DistrictKey | None:
    """Return whose people are in the workspace, or in the organization above it.

    Where nobody has said so it is the default district, as long as there is no other workspace; else nobody can know: None.
    """
    tenants = [address.tenant for address in addresses]
    known = {one.tenant: one for one in work.workspaces.all(Platform.slack)}
    for one in (known[tenant] for tenant in tenants if tenant in known):
        if one.district is not None:
            return one.district
    others = [one for one in known.values() if (one.sealed or one.district) and one.tenant not in tenants]
    return None if others else default


def _who(work: Work, address: Address) -> Person | None:
    return work.directory.by_address(address)
