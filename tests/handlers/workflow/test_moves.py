from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.ids import DutyId, QuestionId, StageId
from handlers.people import Person, Role
from handlers.workflow.asking import Asked, Replied, answer, ask
from handlers.workflow.channel import CLOSING
from handlers.workflow.correcting import not_corrected
from handlers.workflow.duties import fulfil
from handlers.workflow.moves import MOVES, Decision, Fulfilled, Move, Settled, lapse, settle, settled_before, withdraw
from handlers.workflow.permission import not_renewed, revoke
from handlers.workflow.refused import Already, DutyOver, NotYours, OwnRequest, Refusal, SamePerson, StageOver, TooEarly, Unknown
from handlers.workflow.request import DutyStatus, Request, StageStatus, Status
from handlers.workflow.said import Question
from handlers.workflow.students import not_taken_out
from handlers.workflow.taking import take
from handlers.workflow.untimely import HandedOver, NotApproved
from tests.samples import DANA, HELEN, LEE, MARIA, NGOZI, NOON, RAVI, a_duty, a_request, a_stage

FIRST, SECOND = StageId("r1.s1"), StageId("r1.s2")
LATER = NOON + timedelta(hours=2)


def approved(request: Request, stage: StageId, by: Person) -> Request:
    settled = settle(request, stage, Move.approve, by.id, "", NOON)
    assert isinstance(settled, Settled)
    return settled.request


def statuses(request: Request) -> list[StageStatus]:
    return [stage.status for stage in request.stages]


# Deciding


def test_maria_approves_and_it_is_ravis_turn():
    request = a_request()

    settled = settle(request, FIRST, Move.approve, MARIA.id, "Fine for away games", NOON)

    assert isinstance(settled, Settled)
    assert settled.request.status is Status.pending
    assert statuses(settled.request) == [StageStatus.approved, StageStatus.open]
    assert settled.next == settled.request.open_stage == settled.request.stage(SECOND)
    stage = settled.request.stages[0]
    assert (stage.decided_by, stage.decided_at, stage.reason) == (MARIA.id, NOON, "Fine for away games")


def test_the_last_approval_approves_the_request():
    settled = settle(approved(a_request(), FIRST, MARIA), SECOND, Move.approve, RAVI.id, "", LATER)

    assert isinstance(settled, Settled)
    assert settled.request.status is Status.approved
    assert statuses(settled.request) == [StageStatus.approved, StageStatus.approved]
    assert settled.next is None
    assert [stage.decided_at for stage in settled.request.stages] == [NOON, LATER]


def test_a_denial_at_the_first_stage_ends_it_and_nobody_else_is_asked():
    settled = settle(a_request(), FIRST, Move.deny, MARIA.id, "Use e-mail", NOON)

    assert isinstance(settled, Settled)
    assert settled.request.status is Status.denied
    assert statuses(settled.request) == [StageStatus.denied, StageStatus.closed]
    assert (settled.next, settled.request.open_stage) == (None, None)
    assert settled.request.stages[0].reason == "Use e-mail"
    assert settled.request.stages[1].decided_by is None


def test_a_denial_at_the_last_stage_leaves_the_approval_before_it_as_it_was():
    settled = settle(approved(a_request(), FIRST, MARIA), SECOND, Move.deny, RAVI.id, "No", NOON)

    assert isinstance(settled, Settled)
    assert settled.request.status is Status.denied
    assert statuses(settled.request) == [StageStatus.approved, StageStatus.denied]


def test_one_stage_is_all_it_takes_where_there_is_only_one():
    request = a_request(stages=[a_stage("r1.s1", Role.supervisor, MARIA)])

    assert approved(request, FIRST, MARIA).status is Status.approved


def test_a_decision_leaves_the_request_before_it_as_it_was():
    request = a_request()

    approved(request, FIRST, MARIA)

    assert request == a_request()


@pytest.mark.parametrize("move", [Move.approve, Move.deny])
def test_what_a_decision_came_to_can_be_said_again_whatever_happened_since(move: Decision):
    first = settle(a_request(), FIRST, move, MARIA.id, "", NOON)
    assert isinstance(first, Settled)
    second = settle(first.request, SECOND, Move.deny, RAVI.id, "No", LATER)
    since = second.request if isinstance(second, Settled) else first.request

    assert settled_before(since, since.stages[0]) == first


def test_what_the_last_approval_came_to_can_be_said_again():
    last = settle(approved(a_request(), FIRST, MARIA), SECOND, Move.approve, RAVI.id, "", LATER)
    assert isinstance(last, Settled)

    assert settled_before(replace(last.request, status=Status.revoked), last.request.stages[1]) == last


# Refusals


def test_a_stage_that_does_not_exist_is_unknown():
    assert settle(a_request(), StageId("r9.s1"), Move.approve, MARIA.id, "", NOON) == Unknown()


def test_nobody_settles_their_own_request_not_even_as_principal():
    own = a_request(requester=MARIA)

    assert settle(own, FIRST, Move.approve, MARIA.id, "", NOON) == OwnRequest()
    assert settle(own, SECOND, Move.deny, MARIA.id, "", NOON) == OwnRequest()


def test_whoever_was_not_asked_is_told_who_decides():
    assert settle(a_request(), FIRST, Move.approve, LEE.id, "", NOON) == NotYours((MARIA.id,))


def test_ravi_is_too_early_while_maria_has_not_decided():
    request = a_request()

    assert settle(request, SECOND, Move.approve, RAVI.id, "", NOON) == TooEarly(request, request.stages[1])


def test_the_second_to_press_learns_who_was_first_although_the_request_still_waits():
    both = a_stage("r1.s1", Role.building_principal, MARIA, NGOZI)
    then = a_stage("r1.s2", Role.technology_department, RAVI, status=StageStatus.waiting)
    request = approved(a_request(stages=[both, then]), FIRST, MARIA)

    refused = settle(request, FIRST, Move.deny, NGOZI.id, "", LATER)

    assert refused == StageOver(request, request.stages[0])
    assert request.stages[0].decided_by == MARIA.id


def test_pressing_twice_changes_nothing():
    request = approved(a_request(), FIRST, MARIA)

    assert settle(request, FIRST, Move.approve, MARIA.id, "", LATER) == StageOver(request, request.stages[0])


def test_an_old_button_of_a_settled_request_says_how_it_ended():
    request = approved(approved(a_request(), FIRST, MARIA), SECOND, RAVI)

    assert settle(request, FIRST, Move.deny, MARIA.id, "", LATER) == Already(request)
    assert settle(request, SECOND, Move.deny, RAVI.id, "", LATER) == Already(request)


def test_a_stage_that_was_closed_by_a_denial_says_how_it_ended():
    denied = settle(a_request(), FIRST, Move.deny, MARIA.id, "", NOON)
    assert isinstance(denied, Settled)

    assert settle(denied.request, SECOND, Move.approve, RAVI.id, "", LATER) == Already(denied.request)


def test_whoever_decided_one_stage_does_not_decide_another():
    first = a_stage("r1.s1", Role.building_principal, MARIA)
    second = a_stage("r1.s2", Role.superintendent, MARIA, HELEN, status=StageStatus.waiting)
    request = approved(a_request(stages=[first, second]), FIRST, MARIA)

    assert settle(request, SECOND, Move.approve, MARIA.id, "", NOON) == SamePerson(request.stages[0])
    assert approved(request, SECOND, HELEN).status is Status.approved


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.pending}))
def test_what_is_decided_is_not_decided_again(status: Status):
    request = replace(a_request(), status=status)

    assert settle(request, FIRST, Move.approve, MARIA.id, "", NOON) == Already(request)
    assert settle(request, FIRST, Move.deny, MARIA.id, "", NOON) == Already(request)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.pending, Status.approved}))
def test_what_is_over_is_not_taken_back(status: Status):
    request = replace(a_request(), status=status)

    assert withdraw(request, DANA.id) == Already(request)


def test_dana_gives_her_permission_back():
    request = approved(approved(a_request(), FIRST, MARIA), SECOND, RAVI)

    assert withdraw(request, DANA.id) == Settled(replace(request, status=Status.ended))


# Withdrawing


def test_dana_takes_her_request_back_and_nobody_is_asked_any_more():
    settled = withdraw(approved(a_request(), FIRST, MARIA), DANA.id)

    assert isinstance(settled, Settled)
    assert settled.request.status is Status.withdrawn
    assert statuses(settled.request) == [StageStatus.approved, StageStatus.closed]
    assert settled.next is None


@pytest.mark.parametrize("somebody", [MARIA, LEE], ids=lambda person: person.name)
def test_to_everybody_else_there_is_nothing_to_take_back(somebody: Person):
    assert withdraw(a_request(), somebody.id) == Unknown()
    assert withdraw(replace(a_request(), status=Status.approved), somebody.id) == Unknown()


def test_each_move_has_its_end_and_nothing_else_moves():
    assert {
        (Status.pending, Move.approve): Status.approved,
        (Status.pending, Move.deny): Status.denied,
        (Status.pending, Move.withdraw): Status.withdrawn,
        (Status.pending, Move.correct): Status.pending,
        (Status.pending, Move.ask): Status.pending,
        (Status.pending, Move.answer): Status.pending,
        (Status.pending, Move.lapse): Status.lapsed,
        (Status.pending, Move.finish): Status.ended,
        (Status.approved, Move.withdraw): Status.ended,
        (Status.approved, Move.revoke): Status.revoked,
        (Status.approved, Move.leave): Status.approved,
        (Status.approved, Move.renew): Status.approved,
        (Status.ended, Move.renew): Status.ended,
        (Status.lapsed, Move.renew): Status.lapsed,
        (Status.ended, Move.reopen): Status.pending,
    } == MOVES


def attempts(request: Request) -> dict[Move, object]:
    """What each move comes to, by whoever may make it while the request stands where it may be made."""
    asked = Question(QuestionId("q1"), FIRST, MARIA.id, "Which team?", NOON)
    request = replace(request, questions=(asked,))
    return {
        Move.approve: settle(request, FIRST, Move.approve, MARIA.id, "", LATER),
        Move.deny: settle(request, FIRST, Move.deny, MARIA.id, "", LATER),
        Move.withdraw: withdraw(request, DANA.id),
        Move.correct: not_corrected(request, DANA.id) or Settled(request),
        Move.ask: ask(request, FIRST, MARIA.id, "Which team?", QuestionId("q2"), LATER),
        Move.answer: answer(request, asked.id, DANA.id, "Varsity", LATER),
        Move.revoke: revoke(request, MARIA.id, [MARIA.id], "Passed on", LATER),
        Move.leave: not_taken_out(request, DANA.id, [MARIA.id]) or Settled(request),
        Move.lapse: lapse(request),
        Move.renew: not_renewed(request, DANA.id) or Settled(request),
    }


@pytest.mark.parametrize("move", [move for move in Move if move not in (Move.finish, Move.reopen)])  # of what nobody decides: below
@pytest.mark.parametrize("status", Status)
def test_in_every_state_every_move_is_what_the_table_says(status: Status, move: Move):
    only = replace(a_request(stages=[a_stage("r1.s1", Role.supervisor, MARIA)]), status=status)

    done = attempts(only)[move]

    if (status, move) in MOVES:
        assert isinstance(done, Settled | Asked | Replied)
        assert done.request.status is MOVES[status, move]
    elif status is Status.pending:
        assert isinstance(done, NotApproved)
    else:
        assert isinstance(done, Already)


# Duties

ADDRESS = DutyId("r1.d1")
OBLIGED = replace(a_request(duties=[a_duty("r1.d1", "Hand in the address.", DANA, LEE)]), status=Status.approved)


def test_dana_does_her_duty_and_her_evidence_is_kept():
    done = fulfil(OBLIGED, ADDRESS, DANA.id, "https://team.example", LATER)

    assert isinstance(done, Fulfilled)
    assert done.duty == replace(OBLIGED.duties[0], status=DutyStatus.done, evidence="https://team.example", done_by=DANA.id, done_at=LATER)


def test_a_duty_is_done_once_by_any_of_its_owners():
    done = fulfil(OBLIGED, ADDRESS, LEE.id, "", NOON)
    assert isinstance(done, Fulfilled)
    request = replace(OBLIGED, duties=(done.duty,))

    assert fulfil(request, ADDRESS, DANA.id, "", LATER) == DutyOver(done.duty)


def test_nobody_does_the_duty_of_others():
    assert fulfil(OBLIGED, ADDRESS, MARIA.id, "", NOON) == NotYours((DANA.id, LEE.id))


def test_a_duty_that_does_not_exist_is_unknown():
    refused: Fulfilled | Refusal = fulfil(OBLIGED, DutyId("r1.d9"), DANA.id, "", NOON)

    assert refused == Unknown()


# What is directed at somebody

ASKED_OF_LEE = replace(
    a_request(duties=[a_duty("r1.d1", "Hand them over.", LEE), a_duty("r1.d2", "File them.", DANA)]), stages=(), addressee=LEE.id
)
FILED = DutyId("r1.d2")


def test_what_was_asked_ends_with_its_last_duty_and_not_before():
    first = fulfil(ASKED_OF_LEE, ADDRESS, LEE.id, "", NOON)
    assert isinstance(first, Fulfilled)
    assert first.status is Status.pending

    last = fulfil(replace(ASKED_OF_LEE, duties=(first.duty, ASKED_OF_LEE.duties[1])), FILED, DANA.id, "", LATER)

    assert isinstance(last, Fulfilled)
    assert last.status is Status.ended


def test_closing_a_channel_of_the_register_was_asked_of_nobody_there():
    closing = replace(a_duty("r1.c1", "Close the channel.", LEE), key=CLOSING)
    both = replace(ASKED_OF_LEE, duties=(ASKED_OF_LEE.duties[0], closing))

    handed, closed = (fulfil(both, one, LEE.id, "", NOON) for one in (ADDRESS, closing.id))

    assert isinstance(handed, Fulfilled)
    assert isinstance(closed, Fulfilled)
    assert (handed.status, closed.status) == (Status.ended, Status.pending)


def test_a_duty_after_an_approval_leaves_the_permission_as_it_is():
    done = fulfil(OBLIGED, ADDRESS, DANA.id, "", NOON)

    assert isinstance(done, Fulfilled)
    assert done.status is Status.approved


def test_what_is_taken_back_is_owed_no_more_and_what_was_done_stays_done():
    first = fulfil(ASKED_OF_LEE, ADDRESS, LEE.id, "", NOON)
    assert isinstance(first, Fulfilled)

    back = withdraw(replace(ASKED_OF_LEE, duties=(first.duty, ASKED_OF_LEE.duties[1])), DANA.id)

    assert isinstance(back, Settled)
    assert back.request.status is Status.withdrawn
    assert [duty.status for duty in back.request.duties] == [DutyStatus.done, DutyStatus.closed]
    assert fulfil(back.request, FILED, DANA.id, "", LATER) == Already(back.request)
    assert take(back.request, FILED, DANA.id, LATER) == Already(back.request)


def test_a_report_is_with_others_and_cannot_be_taken_back():
    assert withdraw(replace(ASKED_OF_LEE, addressee=None), DANA.id) == HandedOver()
