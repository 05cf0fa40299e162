"""What a process that is no more had taken on: freed, where no other may be at it. Not here: taking it on (outbox.py, inbox.py)."""

from sqlalchemy import Connection, and_, not_, update

from storage.columns import Soon
from storage.delivery_tables import outbox
from storage.inbox import FREE_DOINGS

DOUBT = 15.0  # seconds: what was on its way is looked for no sooner, for a platform that was slow to take it may not show it yet

_claimed = and_(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None), outbox.c.lease_until.is_not(None))
_posting = and_(outbox.c.to != "", outbox.c.redraw.is_(False))  # a rewrite or a timer does no harm twice
_FREED = (
    update(outbox).where(_claimed, not_(_posting)).values(lease_owner=None, lease_until=None),
    update(outbox).where(_claimed, _posting, outbox.c.lease_until > Soon(DOUBT)).values(lease_owner=None, lease_until=Soon(DOUBT)),
    FREE_DOINGS,
)


def forget(connection: Connection) -> None:
    """Free it all; what may have left rests first."""
    for one in _FREED:
        connection.execute(one)
