"""Who may be whom on a platform, until an administrator says so. Not here: whether it is so."""

from sqlalchemy import Connection, bindparam, delete, select

from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, PersonId, Platform
from handlers.reaching import Proposals
from storage.delivery_tables import proposals
from storage.upsert import first_wins

_KEY = ("platform", "tenant", "user")
_FIRST = first_wins(proposals, *_KEY)
_OTHERS = delete(proposals).where(
    *(proposals.c[name] == bindparam(f"of_{name}") for name in _KEY),
    proposals.c.person != bindparam("of_person"),
)
_HERE = select(proposals).where(proposals.c.district == bindparam("one")).order_by(proposals.c.at, *(proposals.c[name] for name in _KEY))
_DROP = delete(proposals).where(proposals.c.person == bindparam("one"))


class SqlProposals(Proposals):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def propose(self, proposal: Proposal) -> None:
        """Keep it once; a user whose e-mail has become that of somebody else is proposed for that person alone."""
        address = proposal.address
        row = {"platform": address.platform.value, "tenant": address.tenant, "user": address.user, "person": proposal.person}
        self._connection.execute(_OTHERS, {f"of_{name}": value for name, value in row.items()})
        first = _FIRST[self._connection.dialect.name]
        self._connection.execute(first, {**row, "district": proposal.district, "at": proposal.at}).close()

    def of_district(self, district: DistrictKey) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(Address(Platform(row.platform), row.tenant, row.user), DistrictKey(row.district), PersonId(row.person), row.at)
            for row in self._connection.execute(_HERE, {"one": district})
        )

    def drop(self, person: PersonId) -> None:
        self._connection.execute(_DROP, {"one": person})
