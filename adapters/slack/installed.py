"""The workspaces that installed the app, and their tokens, in the product's own database. Not here: how they install it (oauth.py).

Fills two interfaces of Slack's kit: docs.slack.dev/tools/python-slack-sdk/oauth. Only what the kit calls is there.
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from handlers.kept import Workspace
from handlers.people import Platform
from handlers.ports import Clock, Store, Vault, Work

log = logging.getLogger(__name__)

STATE_LIVES = 600  # seconds in which somebody says yes to Slack
KEPT = ("app_id", "enterprise_id", "team_id", "bot_token", "bot_id", "bot_user_id", "bot_refresh_token", "bot_token_expires_at")


@dataclass(frozen=True, slots=True)
class Installed:
    """A workspace, or a whole organization, with its token opened."""

    workspace: Workspace
    bot: Bot


class Installations(AsyncInstallationStore):
    """Over the store, which has one writer; tokens are sealed before they come to it. User tokens are neither asked for nor kept."""

    def __init__(self, store: Store, vault: Vault, clock: Clock) -> None:
        self._store, self._vault, self._clock = store, vault, clock

    async def async_save(self, installation: Installation) -> None:
        """Keep what a workspace gave us; Slack's kit calls it."""
        await self._store.write(_install, self._as_workspace(installation))

    async def find(self, *tenants: str) -> Installed | None:
        """Return the installation that serves the first of these teams or enterprises that has one."""
        found = await self._store.read(serving, *tenants)
        if found is None:
            return None
        opened = self._vault.open(found.sealed)
        if opened is None:
            log.error("the token of workspace %s cannot be read: none of HALLPASS_SECRET_KEY sealed it", found.tenant)
            return None
        if self._vault.is_outdated(found.sealed):
            await self._store.write(_renew, found, self._vault.seal(opened))
        return Installed(found, Bot(**json.loads(opened)))

    async def tenants(self) -> tuple[str, ...]:
        """Return every tenant that lets us in."""
        return await self._store.read(_tenants)

    async def above(self, tenant: str) -> str | None:
        """Return the organization that a card to a team which nobody has heard of yet may leave through."""
        found = await self._store.read(reaching, tenant)
        return found.tenant if found else None

    async def renewed(self, installed: Installed, bot: Bot) -> None:
        """Keep what the tokens were exchanged for, unless they are others by now; sealed anew by another replica, they are the same."""
        before = installed.bot.bot_token
        now: Installed | None = installed
        while now is not None and now.bot.bot_token == before:
            if await self._store.write(_renew, now.workspace, self._sealed(bot)):
                return
            now = await self.find(installed.workspace.tenant)
        log.warning("the token of workspace %s was changed elsewhere meanwhile", installed.workspace.tenant)

    async def beneath(self, team: str, enterprise: str) -> None:
        """Note that the team belongs to the organization that let us in as a whole."""
        await self._store.write(_note, Workspace(Platform.slack, team, above=enterprise))

    async def removed(self, tenant: str, event: str) -> bool:
        """Delete its tokens, once for each event of Slack's; False where there are none, or that was done before."""
        return await self._store.write(_removed, tenant, event, self._clock())

    def _as_workspace(self, one: Installation) -> Workspace:
        whole = bool(one.is_enterprise_install or not one.team_id)
        tenant, name = (one.enterprise_id, one.enterprise_name) if whole else (one.team_id, one.team_name)
        above = "" if whole else one.enterprise_id or ""
        return Workspace(Platform.slack, tenant or "", name or "", above, sealed=self._sealed(one), installed_at=self._clock())

    def _sealed(self, one: Installation | Bot) -> str:
        told: dict[str, Any] = {name: getattr(one, name, None) for name in KEPT}
        return self._vault.seal(json.dumps({**told, "installed_at": one.installed_at}))


class States(AsyncOAuthStateStore):
    """What proves that who comes back from Slack left from here: sealed with its time, and good once. Nothing is kept until it is used."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store, self._vault = store, vault

    async def async_issue(self, *_: object, **__: object) -> str:
        """Return a new one; Slack's kit calls it."""
        return self._vault.seal(f"slack-install:{uuid4().hex}")

    async def async_consume(self, state: str) -> bool:
        """Say whether it is one of ours, fresh and not used before; Slack's kit calls it."""
        opened = self._vault.open(state, within=STATE_LIVES) or ""
        return opened.startswith("slack-install:") and await self._store.write(_first, hashlib.sha256(opened.encode()).hexdigest())


def serving(work: Work, *tenants: str) -> Workspace | None:
    """Return the installation for a team or an enterprise: its own, the one above it, or any of those beneath it."""
    for tenant in filter(None, tenants):
        own = work.workspaces.get(Platform.slack, tenant)
        above = work.workspaces.get(Platform.slack, own.above) if own and own.above else None
        for one in (own, above, *work.workspaces.beneath(Platform.slack, tenant)):
            if one is not None and one.sealed:
                return one
    return None


def reaching(work: Work, tenant: str) -> Workspace | None:
    """Return the installation through which a card leaves: for a team of which nothing is known, that of the only organization.

    Slack tells which teams are beneath an organization only as they write; whom it does not have it refuses.
    """
    found = serving(work, tenant)
    if found is not None or work.workspaces.get(Platform.slack, tenant) is not None:
        return found
    whole = [one for one in work.workspaces.all(Platform.slack) if one.sealed and one.tenant.startswith("E")]
    return whole[0] if len(whole) == 1 else None


def _tenants(work: Work) -> tuple[str, ...]:
    return tuple(one.tenant for one in work.workspaces.all(Platform.slack) if one.sealed)


def _install(work: Work, workspace: Workspace) -> None:
    work.workspaces.install(workspace)


def _renew(work: Work, workspace: Workspace, sealed: str) -> bool:
    return work.workspaces.renew(workspace, sealed)


def _note(work: Work, workspace: Workspace) -> None:
    work.workspaces.note(workspace)


def _removed(work: Work, tenant: str, event: str, at: datetime) -> bool:
    if not work.inbox.first(f"slack-removed:{event}"):
        return False  # Slack tells again what it doubts that we heard, and they may have installed us anew since
    return work.workspaces.remove(Platform.slack, tenant, at)


def _first(work: Work, state: str) -> bool:
    return work.inbox.first(f"slack-state:{state}")
