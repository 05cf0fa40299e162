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
    """The people of one district, as its workspace knows them."""

    def __init__(self, store: Store, district: DistrictKey, email: Email, clock: Clock) -> None:
        self._store = store
        self._district = district
        self._email = email
        self._clock = clock

    async def at(self, sender: Sender) -> Person | None:
        """Return the person that the directory binds to this user; None for anybody else, and for people of other districts."""
        for address in sender.addresses:
            person = await self._store.read(_who, address)
            if person is not None and person.district == self._district:
                return person
        return None

    async def perhaps(self, sender: Sender) -> Person | None:
        """Return whom the e-mail of an unknown user names, kept as a proposal. They are not that person until somebody says so."""
        email = await self._email(sender)
        return await self._store.write(self._proposed, sender.addresses, email) if email else None

    def _proposed(self, work: Work, addresses: tuple[Address, ...], email: str) -> Person | None:
        person = work.directory.by_email(self._district, email)
        if person is None or any(one.platform is Platform.slack for one in person.addresses):
            return None
        if any(work.directory.by_address(address) for address in addresses):
            return None  # the account is somebody's already, here or in another district
        work.proposals.propose(Proposal(addresses[0], self._district, person.id, self._clock()))
        return person


def _who(work: Work, address: Address) -> Person | None:
    return work.directory.by_address(address)
