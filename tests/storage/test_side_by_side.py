"""Two principals press at the same moment: the last of them approves, on both databases."""

import asyncio
from dataclasses import replace
from pathlib import Path

from handlers.decide import decide
from handlers.ids import RequestId, StageId
from handlers.people import Role, Seat
from handlers.ports import Store, Work
from handlers.workflow.moves import Move, Settled
from handlers.workflow.request import StageStatus, Status
from storage.packs import DiskPacks
from tests.samples import DANA, EVERYBODY, MAPLE_GROVE, MARIA, NOON, SCHOOL, a_person, a_request, a_stage

PACKS = DiskPacks(Path(__file__).parents[1] / "packs")
WEST = "Maple Grove West"
PIET = a_person("piet", "Piet Vos", Seat(Role.building_principal, WEST))
BOTH = tuple(
    replace(a_stage(f"r1.s{number}", Role.building_principal, who), turn=1, school=school)
    for number, (who, school) in enumerate(((MARIA, SCHOOL), (PIET, WEST)), 1)
)
SENT = replace(a_request(stages=BOTH), process="own-phone", rule="P1", requester=DANA.id)


def send(work: Work) -> None:
    work.directory.replace(MAPLE_GROVE, (*EVERYBODY, PIET))
    work.requests.add(SENT)


async def test_stages_side_by_side_come_back_as_they_were_kept(store: Store) -> None:
    await store.write(send)
    assert await store.read(lambda work: work.requests.get(RequestId("r1"))) == SENT


async def test_whoever_is_last_of_two_at_once_approves_it(store: Store) -> None:
    await store.write(send)

    done = await asyncio.gather(
        *(
            store.write(decide, PACKS, StageId(f"r1.s{number}"), Move.approve, who, "", delivery=f"d{number}", now=NOON)
            for number, who in ((1, MARIA), (2, PIET))
        )
    )

    now = await store.read(lambda work: work.requests.get(RequestId("r1")))
    assert now is not None
    assert (now.status, {stage.status for stage in now.stages}) == (Status.approved, {StageStatus.approved})
    assert sorted(one.request.status for one in done if isinstance(one, Settled)) == ["approved", "pending"]
    assert [line.what for line in await store.read(lambda work: work.record.of(RequestId("r1")))] == ["approved", "approved"]
