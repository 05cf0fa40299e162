"""What Slack has to be told about this app before it can be installed: made from what is listened for. Not here: the file itself.

Source: docs.slack.dev/reference/app-manifest.
"""

from adapters.slack.draw import Json
from adapters.slack.listen import COMMAND, SHORTCUT
from adapters.slack.turns import REQUEST

EVENTS = ("app_home_opened", "app_mention", "message.im")
SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "im:read", "im:write", "users:read", "users:read.email")
PLACEHOLDER = "https://hallpass.example/slack/events"


def manifest(address: str = "") -> Json:
    """Return the manifest: with an address for signed HTTP, without one for Socket Mode."""
    at = {"url": address} if address else {}
    return {
        "display_information": {
            "name": "Hallpass",
            "description": "What the district's policy lets staff do, and who decides",
            "long_description": (
                "Ask in your own words what your district's policy on staff-student electronic communication lets you do. The answer comes"
                " in the thread, with the clause it rests on and the next step. Where the policy wants permission, that step is the form"
                " it prescribes, sent to whoever decides, and the outcome is kept."
            ),
            "background_color": "#1d3f5e",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Hallpass", "always_online": True},
            "shortcuts": [
                {"name": "Ask for permission", "type": "global", "callback_id": REQUEST, "description": "Say what you would like to do"},
                {
                    "name": "Ask policy about this",
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Ask what the policy says about what this message asks",
                },
            ],
            "slash_commands": [
                {
                    **at,
                    "command": COMMAND,
                    "description": "Ask the policy, see requests",
                    "usage_hint": "ask | request | mine | inbox | help",
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES]}},
        "settings": {
            "event_subscriptions": {**({"request_url": address} if address else {}), "bot_events": [*EVENTS]},
            "interactivity": {"is_enabled": True, **({"request_url": address} if address else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }
