"""What the rules behind a request said is kept once for each version of a pack and process."""

from dataclasses import replace

from handlers.kept import Ground
from handlers.people import DistrictKey
from handlers.ports import Store as AnyStore
from tests.samples import a_request

SAID = (Ground("P1", "paragraph 2, sentence 1", "You may, with “leave”."), Ground("D1", "item 3", "You copy your supervisor."))


async def test_the_first_of_a_version_counts(store: AnyStore) -> None:
    first, second = a_request(), a_request("r2")
    await store.write(lambda work: work.grounds.keep(first, SAID))
    await store.write(lambda work: work.grounds.keep(second, SAID[:1]))

    assert await store.read(lambda work: work.grounds.of(second)) == SAID


async def test_another_version_or_process_or_district_has_its_own(store: AnyStore) -> None:
    request = a_request()
    await store.write(lambda work: work.grounds.keep(request, SAID))

    others = (replace(request, fingerprint="sha256:0002"), replace(request, process="logo"), replace(request, district=DistrictKey("x")))
    assert await store.read(lambda work: [work.grounds.of(one) for one in others]) == [(), (), ()]
