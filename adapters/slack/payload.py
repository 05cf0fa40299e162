"""Who and where, read from what Slack sends: events, presses and commands each say it in another shape. Not here: what follows."""

from adapters.slack.chat import Place
from adapters.slack.draw import Json
from adapters.slack.people import Sender


def by_event(body: Json, event: Json) -> Sender:
    """Return who wrote; in a channel shared with another organization, the team that the person comes from."""
    team = event.get("user_team") or event.get("team") or body.get("team_id") or ""
    return _sender(team, body.get("team_id"), body.get("enterprise_id"), event["user"])


def by_press(body: Json) -> Sender:
    """Return who pressed, sent a modal or used a shortcut."""
    installed = (body.get("team") or {}).get("id")
    team = body["user"].get("team_id") or installed or ""
    return _sender(team, installed, (body.get("enterprise") or {}).get("id"), body["user"]["id"])


def by_command(body: Json) -> Sender:
    """Return who typed a command; only members of the workspace can."""
    return _sender(body.get("team_id", ""), body.get("team_id"), body.get("enterprise_id"), body["user_id"])


def pressed_at(body: Json) -> Place:
    """Return the thread that the pressed message stands in, or begins; nowhere for the home tab."""
    container = body.get("container") or {}
    stands = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts") or container.get("message_ts") or ""
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    if container.get("is_ephemeral"):  # only she sees it, so only she sees what comes of it
        return Place(channel, container.get("thread_ts") or "", private=True)
    return Place(channel, stands)


def us(body: Json) -> str:
    """Return our own user id in the workspace that an event comes from."""
    return next((str(one.get("user_id", "")) for one in body.get("authorizations") or ()), "")


def _sender(team: str, installed: str | None, enterprise: str | None, user: str) -> Sender:
    """The grid vouches for people of its own workspaces only: a stranger of a shared channel comes from another team."""
    ours = bool(team) and team == installed
    return Sender(team, enterprise if enterprise and ours else "", user, ours=ours)
