"""The districts' own texts: the newest one counts."""

from handlers.people import DistrictKey
from handlers.ports import Store
from tests.samples import MAPLE_GROVE, NOON


async def test_the_text_attached_last_is_the_districts(store: Store) -> None:
    await store.write(lambda work: work.texts.attach(MAPLE_GROVE, "Policy 4321, first reading", NOON))
    await store.write(lambda work: work.texts.attach(MAPLE_GROVE, "Policy 4321, as adopted", NOON))

    assert await store.read(lambda work: work.texts.get(MAPLE_GROVE)) == "Policy 4321, as adopted"
    assert await store.read(lambda work: work.texts.get(DistrictKey("oak-hollow"))) is None
