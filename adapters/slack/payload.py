"""Who and where, read from what Slack sends: events, presses and commands each say it in another shape. Not here: what follows."""

from adapters.slack.draw import Json
from adapters.slack.people import Sender
from adapters.slack.place import Place


def by_event(body: Json, event: Json) -> Sender:
    """Return who wrote; in a channel shared with another organization, the team that the person comes from."""
    installed = next((one.get("team_id") for one in body.get("authorizations") or ()), None) or body.get("team_id")
    team = event.get("user_team") or event.get("team") or installed or ""
    return _sender(team, installed, body.get("enterprise_id"), event["user"])


def said_at(event: Json) -> Place:
    """Return the thread that the words stand in, or begin."""
    thread = event.get("thread_ts")
    return _place(event["channel"], thread or event["ts"], live=bool(thread))


def by_press(body: Json) -> Sender:
    """Return who pressed, sent a modal or used a shortcut."""
    installed = (body.get("team") or {}).get("id")
    team = body["user"].get("team_id") or installed or ""
    enterprise = (body.get("enterprise") or {}).get("id")
    if body.get("is_enterprise_install") and not installed:  # no team is named: she may be known there, but nobody vouches for her
        return Sender(team, enterprise or "", body["user"]["id"])
    return _sender(team, installed, enterprise, body["user"]["id"])


def by_command(body: Json) -> Sender:
    """Return who typed a command; only members of the workspace can."""
    return _sender(body.get("team_id", ""), body.get("team_id"), body.get("enterprise_id"), body["user_id"])


def pressed_at(body: Json) -> Place:
    """Return the thread that the pressed message stands in, or begins; nowhere for the home tab."""
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    thread = message.get("thread_ts") or container.get("thread_ts") or ""
    if container.get("is_ephemeral"):  # only she sees it, so only she sees what comes of it
        return _place(channel, thread, private=True, live=bool(thread))
    return _place(channel, thread or container.get("message_ts") or "", live=bool(thread))


def came_as(body: Json, event: Json) -> str:
    """Return the id under which words came. Raises LookupError or TypeError where that is none, or they are no words."""
    _word(event.get("text", ""))
    return _word(body["event_id"])


def trigger(body: Json) -> str:
    """Return with what a form may be opened, which is no other press's. Raises LookupError or TypeError."""
    return _word(body["trigger_id"])


def changed_at(body: Json) -> float:
    """Return when a form's field was changed, of a form that can be drawn anew. Raises LookupError, TypeError or ValueError."""
    for part in ("id", "hash"):
        _word(body["view"][part])
    return float(_word(body["actions"][0]["action_ts"]))


def us(body: Json) -> str:
    """Return our own user id in the workspace that an event comes from."""
    return next((str(one.get("user_id", "")) for one in body.get("authorizations") or ()), "")


def _place(channel: object, thread: object, *, live: bool, private: bool = False) -> Place:
    return Place(_word(channel), _word(thread), private, live)


def _sender(team: object, installed: object, enterprise: object, user: object) -> Sender:
    """The grid vouches for people of its own workspaces only: a stranger of a shared channel comes from another team."""
    ours = bool(team) and team == installed
    return Sender(_word(team), _word(enterprise) if enterprise and ours else "", _word(user), ours=ours)


def _word(name: object) -> str:
    """Raises TypeError for what names nobody and no place."""
    if not isinstance(name, str):
        raise TypeError
    return name
