"""An entry counts as closed once its permission is over; what needed no approval stands by itself."""

from dataclasses import replace

import pytest

from handlers.workflow.channel import ChannelState
from handlers.workflow.registered import standing
from handlers.workflow.request import Status
from tests.handlers.workflow.test_recertifying import CHANNEL
from tests.samples import NOON, a_request

APPROVED = replace(a_request(), status=Status.approved, channel=CHANNEL, ends=NOON)


@pytest.mark.parametrize("status", [Status.revoked, Status.ended])
def test_with_the_permission_the_channel_is_over(status: Status) -> None:
    entry = standing(replace(APPROVED, status=status))

    assert entry is not None
    assert (entry.state, entry.since) == (ChannelState.closed, NOON)


def test_while_it_holds_and_without_any_permission_the_entry_counts() -> None:
    assert standing(APPROVED) == CHANNEL
    assert standing(replace(APPROVED, status=Status.ended, stages=())) == CHANNEL
    over = replace(CHANNEL, state=ChannelState.closed, why="Taken offline")
    assert standing(replace(APPROVED, status=Status.revoked, channel=over)) == over
    assert standing(a_request()) is None
