"""Whether every workspace that people are in lets us in, and is somebody's: what `hallpass check` says of it. Not here: installing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from adapters.slack.installed import reaching
from bot.settings import Settings
from bot.terminal import count
from handlers.kept import Workspace
from handlers.people import DistrictKey, Platform
from handlers.ports import Vault, Work


def faults(work: Work, districts: Sequence[DistrictKey], settings: Settings, vault: Vault) -> list[str]:
    """Return what is wrong where many workspaces may install the app, a sentence each."""
    known = work.workspaces.all(Platform.slack)
    at = f"{settings.public_url}/slack/install"
    if not any(one.sealed for one in known):
        return [f"No Slack workspace has installed Hallpass: open {at} in each of them."]
    return [*_unreached(work, districts, known, at), *_unread(known, vault, at), *_nobodys(known)]


def _unreached(work: Work, districts: Sequence[DistrictKey], known: Sequence[Workspace], at: str) -> Iterator[str]:
    """Tell where people are to whom nothing can be sent."""
    addresses = (address for district in districts for person in work.directory.people(district) for address in person.addresses)
    there = Counter(one.tenant for one in addresses if one.platform is Platform.slack)
    removed = {one.tenant: one.removed_at for one in known if one.removed_at is not None}
    for tenant, people in sorted(there.items()):
        if reaching(work, tenant) is None:
            since = f"has removed Hallpass on {removed[tenant]:%Y-%m-%d}" if tenant in removed else "has not installed Hallpass"
            yield f"The Slack workspace {tenant} {since}, and no card reaches {count(people, 'account')} there: open {at} in it."


def _unread(known: Sequence[Workspace], vault: Vault, at: str) -> Iterator[str]:
    for one in known:
        if one.sealed and vault.open(one.sealed) is None:
            yield f"The token of {_named(one)} was sealed under a key that is not in HALLPASS_SECRET_KEY: put it back, or open {at} there."


def _nobodys(known: Sequence[Workspace]) -> Iterator[str]:
    """Where there are several, nobody is proposed in one that is nobody's."""
    mapped = {one.tenant for one in known if one.district}
    inside = [one for one in known if one.sealed]
    if len(inside) + len(mapped - {one.tenant for one in inside}) > 1:
        for one in inside:
            if not mapped & {one.tenant, one.above} and not any(other.above == one.tenant for other in known if other.tenant in mapped):
                yield f"Slack {_named(one)} is no district's: until `hallpass workspaces map {one.tenant} KEY` nobody is proposed there."


def _named(one: Workspace) -> str:
    return f"workspace {one.tenant} ({one.name})"
