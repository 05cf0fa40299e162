"""The methods of chat: post, whisper, update, delete, stream. Not here: reading what was posted (places.py)."""

import json

from tests.loopback.slack.limits import in_message
from tests.loopback.slack.records import Channel, Json, Message
from tests.loopback.slack.world import Refused, World

_LONGEST, _LONGEST_STREAMED = 40_000, 12_000


def content(args: Json) -> Json:
    """The text, blocks, attachments and metadata of a message, refused as Slack refuses them."""
    for key in ("blocks", "attachments"):
        if isinstance(args.get(key), str):
            raise Refused(f"invalid_{key}_format" if key == "blocks" else "invalid_attachments")
    given = {key: args[key] for key in ("text", "blocks", "attachments", "metadata") if args.get(key) is not None}
    if len(str(given.get("text", ""))) > _LONGEST:
        raise Refused("msg_too_long")
    inner = [one.get("blocks", []) for one in given.get("attachments", [])]
    told = [line for blocks in (given.get("blocks", []), *inner) for line in in_message(blocks)]
    if told:
        raise Refused("invalid_blocks", *(f"[ERROR] {line}" for line in told))
    _metadata(given.get("metadata"))
    return given


def _metadata(given: object) -> None:
    if given in (None, {}):
        return
    if not isinstance(given, dict) or not isinstance(given.get("event_payload"), dict) or not given.get("event_type"):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(given)) > 8000:
        raise Refused("metadata_too_large")


def _some(given: Json) -> Json:
    if not any(given.get(key) for key in ("text", "blocks", "attachments")):
        raise Refused("no_text")
    return given


def _may_write(world: World, args: Json) -> Channel:
    """A channel that exists, is alive and has the bot in it."""
    place = world.place(str(args.get("channel", "")))
    if world.bot_user not in place.members:
        raise Refused("not_in_channel" if place.kind == "channel" else "channel_not_found")
    if place.archived:
        raise Refused("is_archived")
    return place


def _in_time(world: World, channel: str) -> None:
    last, now = world.posted_at.get(channel, 0.0), world.now()
    if world.one_a_second and now - last < 1:
        raise Refused("ratelimited", status=429, retry_after=1)
    world.posted_at[channel] = now


def _new(world: World, channel: str, given: Json, **more: str | bool | None) -> Message:
    kept: Json = {"bot_id": world.bot_id, **given, **more}
    return world.keep(Message(channel, world.stamp(), world.bot_user, **kept))


def post(world: World, args: Json) -> Json:
    """chat.postMessage."""
    place = _may_write(world, args)
    given = _some(content(args))
    _in_time(world, place.id)
    message = _new(world, place.id, given, thread_ts=args.get("thread_ts") or None)
    world.statuses.pop((place.id, message.thread_ts or ""), None)
    return {"channel": place.id, "ts": message.ts, "message": message.wire(metadata=True)}


def whisper(world: World, args: Json) -> Json:
    """chat.postEphemeral: kept apart, with its reader."""
    place = _may_write(world, args)
    if args.get("user") not in place.members:
        raise Refused("user_not_in_channel")
    given = _some(content(args))
    _in_time(world, place.id)
    thread = args.get("thread_ts") or None
    if thread and not any((one.channel, one.thread_ts) == (place.id, thread) for one in world.messages):
        return {"message_ts": world.stamp()}  # Slack says ok, and shows nothing: there is no active thread
    return {"message_ts": _new(world, place.id, given, thread_ts=thread, reader=args["user"]).ts}


def _own(world: World, args: Json, error: str) -> Message:
    message = world.message(world.place(str(args.get("channel", ""))).id, str(args.get("ts", "")))
    if message.user != world.bot_user:
        raise Refused(error)
    return message


def rewrite(world: World, message: Message, given: Json) -> None:
    """What was not sent stays: that is how old buttons survive an update."""
    for key, value in given.items():
        setattr(message, key, world.labelled(value) if key == "blocks" else value)
    message.edited = {"user": world.bot_user, "ts": world.stamp()}
    world.on_change("changed", message)


def update(world: World, args: Json) -> Json:
    """chat.update."""
    message = _own(world, args, "cant_update_message")
    given = content(args)
    if not given:
        raise Refused("no_text")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    rewrite(world, message, given)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.wire(metadata=True)}


def remove(world: World, message: Message) -> None:
    message.deleted = True
    world.on_change("deleted", message)


def delete(world: World, args: Json) -> Json:
    """chat.delete."""
    message = _own(world, args, "cant_delete_message")
    remove(world, message)
    return {"channel": message.channel, "ts": message.ts}


def start_stream(world: World, args: Json) -> Json:
    """chat.startStream: in a thread, and in a channel only for somebody named."""
    world.needs_agent_view()
    place = _may_write(world, args)
    if not args.get("thread_ts"):
        raise Refused("invalid_arguments", "[ERROR] missing required field: thread_ts")
    for key in ("recipient_team_id", "recipient_user_id"):
        if place.kind != "im" and not args.get(key):
            raise Refused(f"missing_{key}")
    message = _new(world, place.id, {"text": _said(args)}, thread_ts=args["thread_ts"], streaming=True)
    world.statuses.pop((place.id, args["thread_ts"]), None)
    return {"channel": place.id, "ts": message.ts}


def _said(args: Json) -> str:
    chunks = [one.get("text", "") for one in args.get("chunks") or () if one.get("type") == "markdown_text"]
    said = str(args.get("markdown_text") or "") + "".join(chunks)
    if len(said) > _LONGEST_STREAMED:
        raise Refused("msg_too_long")
    return said


def append_stream(world: World, args: Json) -> Json:
    """chat.appendStream."""
    message = _own(world, args, "message_not_owned_by_app")
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    message.text += _said(args)
    return {"channel": message.channel, "ts": message.ts}


def stop_stream(world: World, args: Json) -> Json:
    """chat.stopStream: the last words, and blocks beneath them."""
    given = content({key: args.get(key) for key in ("blocks", "metadata")})
    append_stream(world, args)
    message = _own(world, args, "message_not_owned_by_app")
    message.streaming = False
    rewrite(world, message, given)
    return {"channel": message.channel, "ts": message.ts, "message": message.wire(metadata=True)}


METHODS = {
    "chat.postMessage": post,
    "chat.postEphemeral": whisper,
    "chat.update": update,
    "chat.delete": delete,
    "chat.startStream": start_stream,
    "chat.appendStream": append_stream,
    "chat.stopStream": stop_stream,
}
