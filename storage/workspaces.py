"""The tenants of chat platforms that let us in, and whose people are there. Not here: what is sealed, and how (vault.py)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from handlers.kept import Workspace
from handlers.people import DistrictKey, Platform
from handlers.reaching import Workspaces
from storage.upsert import first_wins
from storage.workspace_tables import workspaces

_KEY = ("platform", "tenant")
_THIS = tuple(workspaces.c[name] == bindparam(f"of_{name}") for name in _KEY)
_ALL = select(workspaces).where(workspaces.c.platform == bindparam("of_platform")).order_by(workspaces.c.tenant)
_ONE = _ALL.where(_THIS[1])
_BENEATH = _ALL.where(workspaces.c.above == bindparam("of_above"))
_FIRST = first_wins(workspaces, *_KEY)
_ANEW = update(workspaces).where(*_THIS)
_RENEW = _ANEW.where(workspaces.c.sealed == bindparam("before")).values(sealed=bindparam("after")).returning(workspaces.c.tenant)
_REMOVE = _ANEW.where(workspaces.c.sealed != "").values(sealed="", removed_at=bindparam("at")).returning(workspaces.c.tenant)
_MAP = _ANEW.values(district=bindparam("to")).returning(workspaces.c.tenant)


class SqlWorkspaces(Workspaces):
    """Over one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, platform: Platform, tenant: str) -> Workspace | None:
        found = self._connection.execute(_ONE, _of(platform, tenant)).one_or_none()
        return _workspace(found) if found else None

    def all(self, platform: Platform) -> tuple[Workspace, ...]:
        return _workspaces(self._connection.execute(_ALL, {"of_platform": platform.value}))

    def beneath(self, platform: Platform, above: str) -> tuple[Workspace, ...]:
        return _workspaces(self._connection.execute(_BENEATH, {"of_platform": platform.value, "of_above": above}))

    def install(self, workspace: Workspace) -> None:
        """Keep it as new, or in the place of what was kept of it; the district stays."""
        self.note(workspace)
        told = {"name": workspace.name, "above": workspace.above, "sealed": workspace.sealed}
        anew = _ANEW.values(**told, installed_at=workspace.installed_at, removed_at=None)
        self._connection.execute(anew, _of(workspace.platform, workspace.tenant)).close()

    def note(self, workspace: Workspace) -> None:
        """Keep it only where nothing is known of it."""
        row = {name: getattr(workspace, name) for name in workspaces.c.keys()}  # noqa: SIM118  # columns, not a dict
        self._connection.execute(_FIRST[self._connection.dialect.name], {**row, "platform": workspace.platform.value}).close()

    def renew(self, workspace: Workspace, sealed: str) -> bool:
        """Put other tokens into the place of those that were read; False where they are others by now."""
        return self._changed(_RENEW, {**_of(workspace.platform, workspace.tenant), "before": workspace.sealed, "after": sealed})

    def remove(self, platform: Platform, tenant: str, at: datetime) -> bool:
        """Delete its tokens for good; that it was there, and whose people it has, stays known."""
        return self._changed(_REMOVE, {**_of(platform, tenant), "at": at})

    def map(self, platform: Platform, tenant: str, district: DistrictKey) -> bool:
        return self._changed(_MAP, {**_of(platform, tenant), "to": district})

    def _changed(self, statement: Any, parameters: dict[str, Any]) -> bool:  # noqa: ANN401  # an update
        return self._connection.execute(statement, parameters).one_or_none() is not None


def _of(platform: Platform, tenant: str) -> dict[str, str]:
    return {"of_platform": platform.value, "of_tenant": tenant}


def _workspaces(rows: Iterable[Row[Any]]) -> tuple[Workspace, ...]:
    return tuple(_workspace(row) for row in rows)


def _workspace(row: Row[Any]) -> Workspace:
    return Workspace(
        platform=Platform(row.platform),
        tenant=row.tenant,
        name=row.name,
        above=row.above,
        district=DistrictKey(row.district) if row.district else None,
        sealed=row.sealed,
        installed_at=row.installed_at,
        removed_at=row.removed_at,
    )
