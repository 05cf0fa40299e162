"""`hallpass workspaces`: which workspaces installed the app, and whose people are in each."""

import argparse
import asyncio
from collections.abc import Sequence
from typing import Any

from bot import wiring
from bot.settings import Settings
from bot.terminal import Refused, data, say, table
from handlers.kept import Workspace
from handlers.people import DistrictKey, Platform
from handlers.ports import Work
from storage.glance import glance
from storage.work import open_store

EXAMPLE = "example: hallpass workspaces map T0123ABCD chsd-230"
MAP = (
    "Say which district's people are in a workspace (T…) or in every workspace of an organization (E…): from then on a confirmed"
    " e-mail there may propose a person of that district. Whom the directory file names with an account is known without it."
)


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = verbs.add_parser("workspaces", help="who installed the app", description=__doc__, epilog=EXAMPLE)
    inner = parser.add_subparsers(required=True, metavar="WHAT")
    listed = inner.add_parser(
        "list", help="every workspace", description="List every workspace.", epilog="example: hallpass workspaces list"
    )
    listed.add_argument("--json", action="store_true", help="print JSON")
    listed.set_defaults(run=_list)
    mapped = inner.add_parser("map", help="say whose people are there", description=MAP, epilog=EXAMPLE)
    mapped.add_argument("tenant", metavar="ID", help="the workspace's or the organization's id, as `hallpass workspaces list` shows it")
    mapped.add_argument("district", metavar="KEY", help="the district; `hallpass policy list` shows every one")
    mapped.set_defaults(run=_map)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    found = asyncio.run(glance(settings.database, wiring.clock, _all))
    if args.json:
        data([_as_json(one, found) for one in found])
    else:
        rows = [(one.tenant, one.name, one.above, one.district or "", _since(one)) for one in found]
        table(("id", "name", "of", "district", "installed (UTC)"), rows)
    return 0


def _map(args: argparse.Namespace, settings: Settings) -> int:
    district = DistrictKey(wiring.packs().get(DistrictKey(args.district)).key)
    known = asyncio.run(glance(settings.database, wiring.clock, _all))  # a refusal makes no database
    if args.tenant not in {one.tenant for one in known}:
        raise Refused(f"No workspace {args.tenant[:60]} has installed Hallpass: `hallpass workspaces list` shows every one.")
    asyncio.run(_mapped(settings, args.tenant, district))
    say(f"The people of {args.tenant} are those of {district}.")
    return 0


async def _mapped(settings: Settings, tenant: str, district: DistrictKey) -> None:
    store = await open_store(settings.database, wiring.clock)
    try:
        await store.write(_keep, tenant, district)
    finally:
        await store.close()


def _keep(work: Work, tenant: str, district: DistrictKey) -> None:
    work.workspaces.map(Platform.slack, tenant, district)


def _all(work: Work) -> tuple[Workspace, ...]:
    return work.workspaces.all(Platform.slack)


def _since(one: Workspace) -> str:
    if one.removed_at is not None:
        return f"removed {one.removed_at:%Y-%m-%d %H:%M}"
    return f"{one.installed_at:%Y-%m-%d %H:%M}" if one.installed_at else "with the organization"


def _as_json(one: Workspace, among: Sequence[Workspace]) -> dict[str, object]:
    above = next((other for other in among if one.above and other.tenant == one.above), None)
    return {
        "tenant": one.tenant,
        "name": one.name,
        "above": one.above,
        "district": one.district,
        "installed": bool(one.sealed or (above and above.sealed)),
        "installed_at": one.installed_at.isoformat() if one.installed_at else None,
        "removed_at": one.removed_at.isoformat() if one.removed_at else None,
    }
