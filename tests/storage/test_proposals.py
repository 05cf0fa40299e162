"""Who may be whom: kept once for each account, gone when it is settled."""

from dataclasses import replace
from datetime import timedelta

from handlers.kept import Proposal
from handlers.people import Address, DistrictKey, Platform
from handlers.ports import Store, Work
from tests.samples import DANA, LEE, MAPLE_GROVE, NOON

DANAS = Proposal(Address(Platform.slack, "T1", "U1"), MAPLE_GROVE, DANA.id, NOON)
LATER = NOON + timedelta(hours=1)


async def kept(store: Store) -> tuple[Proposal, ...]:
    return await store.read(lambda work: work.proposals.of_district(MAPLE_GROVE))


async def test_a_proposal_is_kept_once(store: Store) -> None:
    await store.write(lambda work: work.proposals.propose(DANAS))
    await store.write(lambda work: work.proposals.propose(replace(DANAS, at=LATER)))

    assert await kept(store) == (DANAS,)
    assert await store.read(lambda work: work.proposals.of_district(DistrictKey("oak-hollow"))) == ()


async def test_an_account_whose_mail_is_now_somebody_elses_is_proposed_for_that_person_alone(store: Store) -> None:
    lees = replace(DANAS, person=LEE.id, at=LATER)
    await store.write(lambda work: work.proposals.propose(DANAS))
    await store.write(lambda work: work.proposals.propose(lees))

    assert await kept(store) == (lees,)


async def test_several_accounts_may_be_proposed_oldest_first_and_go_together(store: Store) -> None:
    second = replace(DANAS, address=Address(Platform.slack, "T1", "U0"), at=LATER)
    lees = replace(DANAS, address=Address(Platform.slack, "T1", "U2"), person=LEE.id, at=LATER)

    def propose(work: Work) -> None:
        for one in (second, lees, DANAS):
            work.proposals.propose(one)

    await store.write(propose)
    assert await kept(store) == (DANAS, second, lees)

    await store.write(lambda work: work.proposals.drop(DANA.id))
    assert await kept(store) == (lees,)
