"""`hallpass requests reassign`: an administrator gives an undecided stage to somebody who may decide it, and to nobody else."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.people import Person, Role, Seat
from handlers.ports import Work
from handlers.workflow.request import Request, StageStatus, Status
from storage.work import open_store
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI, a_person, a_request

PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, "Maple Grove West"))
TECH = replace(LEE, seats=(*LEE.seats, Seat(Role.technology_department)))  # who looks after Hallpass, and asks for something of her own
WHY = ("--reason", "On leave")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sent(maple_grove: Path) -> Request:
    """Dana's request waits for Maria, then for Ravi; another one is Lee's own, who looks after Hallpass."""
    request = replace(a_request(), process="own-phone")
    own = replace(a_request("r2", requester=TECH), process="own-phone")
    asyncio.run(_in_the_store(_keep, (request, own)))
    return request


async def _in_the_store(unit: Callable[..., object], *args: object) -> None:
    store = await open_store("sqlite:///hallpass.db", lambda: NOON)
    try:
        await store.write(unit, *args)
    finally:
        await store.close()


def _keep(work: Work, requests: tuple[Request, ...]) -> None:
    work.directory.replace(MAPLE_GROVE, [*(one for one in EVERYBODY if one is not LEE), PIET, TECH])
    for request in requests:
        work.requests.add(request)


def shown(hallpass: Run, request: str = "r1") -> dict[str, list[dict[str, str]]]:
    return dict(json.loads(hallpass("requests", "show", request, "--json")[1]))


def mails(to: Person, by: Person = RAVI) -> tuple[str, ...]:
    return ("--to", to.email, "--by", by.email)


def test_an_administrator_gives_it_to_another_principal_and_the_history_says_who_and_why(sent: Request, hallpass: Run) -> None:
    status, out, _ = hallpass("requests", "reassign", sent.id, *mails(PIET), *WHY)

    assert (status, out) == (0, "Piet Vos decides it now, and has the card once it is sent. Whoever had it sees that.\n")
    (line,) = shown(hallpass)["history"]
    assert (line["who"], line["what"]) == (RAVI.email, "reassigned")
    assert line["detail"] == "gave the decision as building principal to Piet Vos (reason: On leave)"
    asyncio.run(_in_the_store(_is_with_piet))


def _is_with_piet(work: Work) -> None:
    request = work.requests.of_stage(a_request().stages[0].id)
    assert request is not None
    assert [one.to for one in request.stages[0].reassigned] == [PIET.id]
    assert [card.to for card in work.outbox.cards(request.id)] == [PIET.id]


def test_a_stage_whose_turn_has_not_come_is_given_by_its_number_and_nobody_is_told_yet(sent: Request, hallpass: Run) -> None:
    assert hallpass("requests", "reassign", sent.id, *mails(TECH), *WHY, "--stage", "2")[0] == 0

    asyncio.run(_in_the_store(_nobody_has_a_card))


def _nobody_has_a_card(work: Work) -> None:
    request = work.requests.of_stage(a_request().stages[1].id)
    assert request is not None
    assert (request.stages[1].reassigned[0].to, request.stages[1].status) == (TECH.id, StageStatus.waiting)
    assert work.outbox.cards(request.id) == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (mails(PIET, MARIA), "maria.ortiz@maplegrove.example does not look after Hallpass in that district (district setting)."),
        (mails(DANA), "dana.whitlock@maplegrove.example may not decide this, or has it already. Who may have it: "),
        (mails(MARIA), "maria.ortiz@maplegrove.example may not decide this, or has it already."),
        (mails(RAVI), "Who may have it: helen.brandt@maplegrove.example, piet.vos@maplegrove.example."),
        ((*mails(PIET), "--stage", "3"), "Say which stage with --stage: 1 (building_principal, open), 2 (technology_department, waiting)."),
        ((*mails(PIET), "--stage", "0"), "Say which stage with --stage: 1"),
        (("--to", "nobody@maplegrove.example", "--by", RAVI.email), "Nobody in the directory of maple-grove has the address nobody@"),
    ],
    ids=["by-a-principal", "to-the-requester", "to-whose-it-is", "to-another-role", "no-third", "no-zeroth", "to-a-stranger"],
)
def test_whatever_else_is_refused_with_a_sentence_and_changes_nothing(
    sent: Request, hallpass: Run, more: tuple[str, ...], said: str
) -> None:
    before = shown(hallpass)

    status, _, complained = hallpass("requests", "reassign", sent.id, *more, *WHY)

    assert status == 1
    assert said in complained
    assert shown(hallpass) == before


def test_nobody_reassigns_their_own_request(sent: Request, hallpass: Run) -> None:
    status, _, complained = hallpass("requests", "reassign", "r2", *mails(PIET, TECH), *WHY)

    assert (status, "Nobody decides their own request." in complained) == (1, True)


def test_what_is_over_or_not_there_or_without_a_word_is_refused(sent: Request, hallpass: Run) -> None:
    assert "There is no request none" in hallpass("requests", "reassign", "none", *mails(PIET), *WHY)[2]
    assert "Say why" in hallpass("requests", "reassign", sent.id, *mails(PIET), "--reason", " ")[2]
    asyncio.run(_in_the_store(lambda work: work.requests.withdraw(replace(sent, status=Status.withdrawn))))
    assert "This one is closed." in hallpass("requests", "reassign", sent.id, *mails(PIET), *WHY)[2]


def test_a_decided_stage_stays_with_whoever_decided_it(sent: Request, hallpass: Run) -> None:
    first = replace(sent.stages[0], status=StageStatus.approved, decided_by=MARIA.id, decided_at=NOON)
    second = replace(sent.stages[1], status=StageStatus.open)
    asyncio.run(_in_the_store(lambda work: work.requests.settle(replace(sent, stages=(first, second)), first)))

    assert "already answered" in hallpass("requests", "reassign", sent.id, *mails(PIET), *WHY, "--stage", "1")[2]
    assert hallpass("requests", "reassign", sent.id, *mails(HELEN), *WHY)[0] == 0
