"""Line 16: the newest step of the schema goes down and up again beneath many requests; every row and every exported byte stays."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from alembic import command

from handlers.kept import Happening
from handlers.people import DistrictKey, Person, Role
from handlers.ports import Work
from storage.database import Database
from storage.migrate import Version, version_state
from storage.tables import metadata
from storage.work import open_store
from tests.chaos.figures import Figure, Figures, count, none_of, told
from tests.chaos.profile import Profile
from tests.samples import NOON, a_request, a_stage
from tests.served import CAST, DATABASE, SECRET, Served
from tests.storage.conftest import run_sql, stepped
from tests.town import DISTRICT

LINE, AT_ONCE = 16, 100
PROCESS = "own-phone"
Counts = dict[str, int]


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    place = url or f"sqlite:///{folder / DATABASE}"
    program = Served(folder, DISTRICT, {"DATABASE_URL": place})
    assert await program.runs("people", "import", str(CAST), "--district", DISTRICT) == 0
    await _filled(place, profile.requests)
    exported, rows = await _exported(program, "before"), await _rows(place)
    await stepped(place, "-1", command.downgrade)
    lower = await version_state(place)
    said = await program.says("migrate")
    again, exported_again = await _rows(place), await _exported(program, "after")
    changed = [f"{name}: {rows[name]} and {again.get(name)}" for name in rows if again.get(name) != rows[name]]
    return [
        told(LINE, "requests", f"{rows['requests']}, in {sum(rows.values())} rows and {len(exported)} exported bytes"),
        Figure(LINE, "one step down", Version.older, lower, lower is Version.older),
        none_of(LINE, "up again, and told so", [] if "was brought from version" in said else [said]),
        none_of(LINE, "tables with other rows than before", changed),
        count(LINE, "lines exported", profile.requests, exported.count(b"\n")),
        none_of(LINE, "exported otherwise than before", [] if exported == exported_again else [len(exported_again)]),
    ]


async def _filled(place: str, many: int) -> None:
    store = await open_store(Database(place, (SECRET,)), lambda: NOON)
    people = await store.read(lambda work: work.directory.people(DistrictKey(DISTRICT)))
    for first in range(0, many, AT_ONCE):
        await store.write(_add, people, range(first, min(first + AT_ONCE, many)))
    await store.close()


def _add(work: Work, people: Sequence[Person], numbers: range) -> None:
    dana, maria = (next(one for one in people if one.email.startswith(name)) for name in ("dana.", "maria."))
    for number in numbers:
        key = f"r{number}"
        one = replace(
            a_request(key, requester=dana, stages=[a_stage(f"{key}.s1", Role.building_principal, maria)]),
            process=PROCESS,
            fields={"students": f"Student {number}", "reason": f"Bus times change on way {number}"},
        )
        work.requests.add(one)
        work.record.add(Happening(one.id, one.district, NOON, dana.id, "sent", one.status, one.status, "", one.fingerprint))


async def _rows(place: str) -> Counts:
    return {name: (await run_sql(place, f'SELECT count(*) FROM "{name}"'))[0][0] for name in metadata.tables}  # noqa: S608  # our own tables


async def _exported(program: Served, name: str) -> bytes:
    """What an administrator gets; that it was taken out is a line of the record, which is no request's."""
    assert await program.runs("records", "export", "--format", "jsonl", "--to", f"{name}.jsonl", "--district", DISTRICT) == 0
    return (program.folder / f"{name}.jsonl").read_bytes()
