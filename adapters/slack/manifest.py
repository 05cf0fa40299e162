"""What Slack has to be told about this app before it can be installed: made from what is listened for. Not here: the file itself.

Source: docs.slack.dev/reference/app-manifest.
"""

from adapters.slack.agent import MOST_PROMPTS
from adapters.slack.draw import Json
from adapters.slack.listen import COMMAND, SHORTCUT
from adapters.slack.turns import REQUEST
from handlers.desk import Desk

EVENTS = ("app_home_opened", "app_mention", "message.im")
SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "im:read", "im:write", "users:read", "users:read.email")
FOR_THE_AGENT = "assistant:write"  # a scope: prompts, titles and the place beside Slack's own search
PLACEHOLDER = "https://hallpass.example/slack/events"
REDIRECT = "/slack/oauth_redirect"
OF_INSTALLING = ("app_uninstalled", "tokens_revoked")  # events that matter where many workspaces install the app


def manifest_for_many(url: str, *, agent: bool = True) -> Json:
    """Return the manifest of an app that any workspace, or a whole organization, may install from our public address."""
    base = url.rstrip("/")
    told = manifest(f"{base}/slack/events", agent=agent)
    told["oauth_config"]["redirect_urls"] = [base + REDIRECT]
    told["settings"]["event_subscriptions"]["bot_events"] = sorted((*EVENTS, *OF_INSTALLING))
    told["settings"]["org_deploy_enabled"] = True
    told["settings"]["token_rotation_enabled"] = True
    return told


def manifest(address: str = "", *, agent: bool = True) -> Json:
    """Return the manifest: with an address for signed HTTP, without one for Socket Mode; `agent`: with the agent view."""
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
            **({"agent_view": _agent_view()} if agent else {}),
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
                    "usage_hint": "ask | request | mine | inbox | delegate | help",
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted((*SCOPES, FOR_THE_AGENT)) if agent else [*SCOPES]}},
        "settings": {
            "event_subscriptions": {**({"request_url": address} if address else {}), "bot_events": [*EVENTS]},
            "interactivity": {"is_enabled": True, **({"request_url": address} if address else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }


def _agent_view() -> Json:
    """Return what Slack shows of us in its agent view, on the plans that have one; elsewhere direct messages do the same."""
    return {
        "agent_description": "Ask what your district's policy lets you do; where it wants permission, ask for that too.",
        "suggested_prompts": [{"title": title, "message": message} for title, message in Desk.prompts()[:MOST_PROMPTS]],
    }
