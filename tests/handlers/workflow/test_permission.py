"""A permission: from when to when, who may revoke it, what is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.people import Person, Role, Seat
from handlers.workflow.moves import Settled
from handlers.workflow.permission import as_of, not_renewed, revoke, revokers, spanned
from handlers.workflow.refused import Already, NotYours, OwnRequest, Unknown
from handlers.workflow.request import Request, StageStatus, Status
from handlers.workflow.untimely import NotApproved
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MARIA, NGOZI, NOON, RAVI, a_person, a_request, a_stage

GRANTED = replace(a_request(), status=Status.approved)
LAST_MOMENT = datetime(2026, 6, 5, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({}, None, None),
        ({"starts": "2026-04-01"}, datetime(2026, 4, 1, tzinfo=UTC), None),
        ({"ends": "2026-06-05"}, None, LAST_MOMENT),
        ({"ends": "when the season is over", "starts": ""}, None, None),
    ],
)
def test_the_days_of_the_form_become_moments(fields: dict[str, str], starts: datetime | None, ends: datetime | None):
    spoken = spanned(replace(GRANTED, fields=fields))

    assert (spoken.starts, spoken.ends) == (starts, ends)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.approved}))
def test_only_a_permission_holds_from_a_day_to_another(status: Status):
    request = replace(a_request(), status=status, fields={"ends": "2026-06-05"})

    assert spanned(request) == request
    assert as_of(replace(request, ends=NOON - timedelta(days=1)), NOON).status is status


@pytest.mark.parametrize(
    ("now", "status"), [(LAST_MOMENT, Status.approved), (LAST_MOMENT + timedelta(seconds=1), Status.ended)], ids=["last", "over"]
)
def test_a_permission_ends_after_the_last_moment_of_its_last_day(now: datetime, status: Status):
    assert as_of(replace(GRANTED, ends=LAST_MOMENT), now).status is status
    assert as_of(GRANTED, now).status is Status.approved


def test_who_decided_holds_a_role_or_stands_in_may_revoke_and_nobody_else():
    decided = tuple(replace(stage, decided_by=NGOZI.id, status=StageStatus.approved) for stage in GRANTED.stages[:1])
    may = revokers(replace(GRANTED, stages=(*decided, GRANTED.stages[1])), DANA, EVERYBODY, Role.superintendent)

    assert may == (NGOZI.id, MARIA.id, RAVI.id, HELEN.id)


def test_never_the_requester_not_even_as_principal():
    assert revokers(replace(GRANTED, requester=MARIA.id), MARIA, EVERYBODY, Role.superintendent) == (RAVI.id, HELEN.id)


def test_a_principal_of_another_school_may_not_revoke():
    tom = a_person("tom", "Tom Baker", Seat(Role.building_principal, "Elm Street School"))

    assert tom.id not in revokers(GRANTED, DANA, (*EVERYBODY, tom), Role.superintendent)


def test_a_permission_is_revoked_with_who_when_and_why():
    revoked = revoke(GRANTED, HELEN.id, [HELEN.id], "Passed on", NOON)

    assert revoked == Settled(replace(GRANTED, status=Status.revoked, ends=NOON, stopped_by=HELEN.id, why_stopped="Passed on"))


@pytest.mark.parametrize(("who", "why"), [(DANA, OwnRequest()), (LEE, NotYours((HELEN.id,)))], ids=["requester", "colleague"])
def test_who_may_not_revoke_is_told_so(who: Person, why: object):
    assert revoke(GRANTED, who.id, [HELEN.id], "", NOON) == why


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.approved}))
def test_what_is_no_permission_is_not_revoked(status: Status):
    request = replace(a_request(), status=status)

    refused: Request | object = revoke(request, HELEN.id, [HELEN.id], "", NOON)

    assert refused == (NotApproved(request) if status is Status.pending else Already(request))


def test_only_the_requester_renews_and_no_notice():
    notice = replace(a_request(stages=[a_stage("r1.s1", Role.supervisor, MARIA)]), status=Status.ended)

    assert not_renewed(GRANTED, DANA.id) is None
    assert not_renewed(GRANTED, MARIA.id) == Unknown()
    assert not_renewed(replace(notice, stages=()), DANA.id) == Unknown()


def test_a_day_is_counted_in_the_districts_own_zone() -> None:
    spoken = spanned(replace(GRANTED, fields={"starts": "2026-06-05", "ends": "2026-06-05"}), ZoneInfo("America/Chicago"))

    assert spoken.starts == datetime(2026, 6, 5, 5, tzinfo=UTC)
    assert spoken.ends == datetime(2026, 6, 6, 4, 59, 59, tzinfo=UTC)
