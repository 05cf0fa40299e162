"""What Teams has to be told about this app, and the package in which it is told: made from what is understood. Not here: the command.

Source: learn.microsoft.com/microsoft-365/extensibility/schema (the manifest), .../concepts/build-and-test/apps-package (the package).
"""

import io
import json
import re
import zipfile
from dataclasses import dataclass

from adapters.teams import icons
from adapters.teams.draw import Json
from adapters.teams.turns import DELEGATE, REQUEST

# The lowest that is still published for new apps and has all we use. 1.29 would add slash commands, but whoever sends one sees it
# alone and expects to be answered alone, so it is for a bot that listens for `recipient.isTargeted`; ours answers a group in the group.
VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
SCOPES = ("personal", "team", "groupChat")
NOBODY = "00000000-0000-0000-0000-000000000000"  # stands for an app id that is not known yet
OURS = ("manifest.json", "color.png", "outline.png")
ABOUT_THIS = "askAboutThis"
COMMANDS = {  # each is understood when it is typed, which a test sends
    "ask": "Then your question: in a group, only you see the answer",
    REQUEST: "Ask for permission",
    "mine": "Your requests, and what you still have to do",
    "inbox": "What waits for you",
    DELEGATE: "Who stands in for you, and for how long",
    "help": "What you can ask and do here",
}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip: the same input makes the same file
_NUMBERS = re.compile(r"\d+(?:\.\d+){0,2}")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the app, as people see it in Teams; `site` is shown as web site, privacy statement and terms alike."""

    name: str = "Your district"
    site: str = "https://district.example"


def manifest(app_id: str, version: str, publisher: Publisher, host: str = "") -> Json:
    """Return the manifest: `version` is the project's, `host` where the bot can be reached, if that is known."""
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": numbers(version),
        "id": app_id,
        "developer": {
            "name": publisher.name,
            "websiteUrl": publisher.site,
            "privacyUrl": publisher.site,
            "termsOfUseUrl": publisher.site,
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "name": {"short": "Hallpass", "full": "Hallpass: what the policy lets staff do, and who decides"},
        "description": {
            "short": "What the district's policy lets staff do, and who decides",
            "full": (
                "Ask in your own words what your district's policy on staff-student electronic communication lets you do. The answer comes"
                " with the clause it rests on and the next step. Where the policy wants permission, that step is the form it prescribes,"
                " sent to whoever decides, and the outcome is kept.\n\nIn a team or a group chat, mention Hallpass; on any message, choose"
                ' "Ask the policy about this". Answers are computed from reviewed rules and are no legal advice.'
            ),
        },
        "accentColor": icons.ACCENT,
        "bots": [
            {
                "botId": app_id,
                "scopes": [*SCOPES],
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [
                    {"scopes": [*SCOPES], "commands": [{"title": word, "description": about} for word, about in COMMANDS.items()]}
                ],
            }
        ],
        "composeExtensions": [
            {
                "botId": app_id,
                "commands": [
                    {
                        "id": ABOUT_THIS,
                        "type": "action",
                        "title": "Ask the policy about this",
                        "description": "What the policy says about what this message asks; only you see the answer",
                        "context": ["message"],
                        "fetchTask": True,
                    }
                ],
            }
        ],
        "validDomains": [host] if host else [],
    }


def package(told: Json) -> bytes:
    """Return the zip that Teams takes under "Upload a custom app"; the same manifest makes the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name, what in zip(OURS, (written(told).encode(), icons.color(), icons.outline()), strict=True):
            into.writestr(zipfile.ZipInfo(name, _FIRST_DAY), what, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def written(told: Json) -> str:
    """Return the manifest as it stands in its file."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def numbers(version: str) -> str:
    """Return the version as Teams takes it: three numbers, for an update is known by a higher one."""
    found = _NUMBERS.match(version)
    parts = [*(found.group().split(".") if found else ()), "0", "0", "0"]
    return ".".join(str(int(part)) for part in parts[:3])
