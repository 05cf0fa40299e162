"""What a response_url does, and what an answer right in an ack does. Not here: the HTTP around it (api.py)."""

from tests.loopback.slack import chat
from tests.loopback.slack.records import Json, Message
from tests.loopback.slack.world import Pass, Refused, World

_MOST_USES = 5
_HALF_AN_HOUR = 1800


def respond(world: World, key: str, args: Json) -> Json:
    """Replace or delete the message it came from, or say something new, to one person unless it is for the channel."""
    one = world.hooks.get(key)
    if one is None or world.now() - one.born > _HALF_AN_HOUR:
        raise Refused("expired_url", status=404)
    if one.uses >= _MOST_USES:
        raise Refused("used_url", status=404)
    if args.get("delete_original") and one.message:
        one.uses += 1
        chat.remove(world, one.message)
        return {}
    given = _given(args)
    one.uses += 1
    if args.get("replace_original") and one.message:
        chat.rewrite(world, one.message, {"blocks": [], **given})
    else:
        say(world, one, args, given)
    return {}


def _given(args: Json) -> Json:
    try:
        given = chat.content(args)
    except Refused as refused:
        raise Refused(refused.error, *refused.told, status=400) from None
    if not any(given.values()):
        raise Refused("no_text", status=400)
    return given


def say(world: World, to: Pass, args: Json, given: Json) -> Message:
    """A new message where the person was: for that person, or in_channel for all."""
    reader = None if args.get("response_type") == "in_channel" else to.user
    thread = args.get("thread_ts") or to.thread_ts
    kept: Json = {"bot_id": world.bot_id, "thread_ts": thread, "reader": reader, **given}
    return world.keep(Message(to.channel or "", world.stamp(), world.bot_user, **kept))
