"""The connector's operations: create a chat, send, reply, update, delete, look people up. Not here: the HTTP around them (api.py)."""

import copy
from collections.abc import Callable

from tests.loopback.teams.limits import LOOK_RATES, MOST_BYTES, SEND_RATES, in_activity, size
from tests.loopback.teams.records import Json, Message, Person, Place
from tests.loopback.teams.world import Refused, World


class Asked:
    """One call: the ids in its path, its query and its body."""

    def __init__(self, ids: dict[str, str], query: dict[str, str], body: Json) -> None:
        self.tenant, self.conversation = ids["tenant"], ids.get("conversation", "")
        self.activity, self.who = ids.get("activity", ""), ids.get("who", "")
        self.query, self.body = query, body
        self.targeted = query.get("isTargetedActivity", "").lower() == "true"


def _there(world: World, asked: Asked) -> tuple[Place, str | None]:
    place, thread = world.place_of(asked.conversation)
    if place.tenant != asked.tenant:
        raise Refused(404, "ConversationNotFound", "Conversation not found.")
    return place, thread


def _may_write(world: World, place: Place) -> None:
    """Blocked or uninstalled: 403 with a subCode inside a string (msteams-docs: send-proactive-messages.md)."""
    if place.kind == "personal":
        who = world.people[next(iter(place.members))]
        if who.blocked or not who.installed:
            inner = '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked from message writes.",\r\n'
            inner += '  "errorCode": null,\r\n  "errorSubCode": null\r\n}'
            raise Refused(403, "MessageWritesBlocked", body={"errorCode": 209, "message": inner})
    elif not place.bot:
        raise Refused(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")


def _in_time(world: World, key: tuple[str, str], rates: tuple[tuple[int, float], ...]) -> None:
    """429 where too many calls came in any of the windows; a refused call does not count."""
    if not world.limits:
        return
    now, before = world.now(), world.called_at.setdefault(key, [])
    for most, seconds in rates:
        recent = [at for at in before if now - at < seconds]
        if len(recent) >= most:
            wait = max(1, round(seconds - (now - recent[-most])))
            raise Refused(429, "Throttled", "Too many requests.", retry_after=wait)
    before.append(now)


def _checked(world: World, place: Place, activity: Json, *, update: bool) -> None:
    """Too large, or something Teams would not show: the latter fails the test, too."""
    if size(activity) > MOST_BYTES:
        raise Refused(413, "MessageSizeTooBig", "Message size too large.")
    if not (activity.get("from") or {}).get("id") and not update:
        raise Refused(400, "BadSyntax", "Activity.From field required")
    found = in_activity(activity, update=update, personal=place.kind == "personal")
    if found:
        world.wrong([f"{place.name}: {line}" for line in found])
        raise Refused(400, "BadSyntax", "; ".join(found))


def send(world: World, asked: Asked) -> Json:
    """POST …/activities: a new message; in a channel without a thread, a new thread."""
    place, thread = _there(world, asked)
    return {"id": _posted(world, place, thread, asked, None)}


def reply(world: World, asked: Asked) -> Json:
    """POST …/activities/{id}: beneath that message; under an id that nobody knows it is a new one, as proactive turns rely on."""
    place, thread = _there(world, asked)
    root = next((one for one in world.messages if (one.place, one.id) == (place.id, asked.activity)), None)
    return {"id": _posted(world, place, thread or (root.thread if root else None), asked, root.id if root else None)}


def _posted(world: World, place: Place, thread: str | None, asked: Asked, root: str | None) -> str:
    _may_write(world, place)
    _in_time(world, (place.id, "send"), SEND_RATES)
    _checked(world, place, asked.body, update=False)
    if asked.body["type"] == "typing":
        world.typing.append(place.name)
        return ""
    reader = _targeted(world, place, asked.body) if asked.targeted else None
    if root is None and asked.body.get("replyToId") and place.kind != "channel":
        root = str(asked.body["replyToId"])
    return post(world, place, thread, asked.body, reply_to=root, reader=reader).id


def post(
    world: World, place: Place, thread: str | None, activity: Json, *, reply_to: str | None = None, reader: str | None = None
) -> Message:
    """The bot's message is there, and people are notified of it."""
    key = world.message_id()
    in_thread = (thread or key) if place.kind == "channel" else None
    message = Message(key, place.id, world.bot["id"], copy.deepcopy(activity), in_thread, reply_to, reader)
    world.messages.append(message)
    for person in sorted({reader} if reader else place.members if place.kind == "personal" else set()):
        world.notifications.setdefault(person, []).append(message.summary or message.text)
    world.on_change(message)
    return message


def _targeted(world: World, place: Place, activity: Json) -> str:
    """msteams-docs: targeted messages; the recipient is somebody of this group or channel."""
    said = (activity.get("recipient") or {}).get("id")
    who = world.somebody(str(said)) if said else None
    if place.kind == "personal" or who is None or who.key not in place.members:
        raise Refused(400, "BadArgument", "A targeted message needs a recipient who is a member of the group or channel.")
    return who.key


def _own(world: World, place: Place, asked: Asked) -> Message:
    message = world.message(place, asked.activity)
    if message.author != world.bot["id"]:
        raise Refused(403, "ForbiddenOperation", "The bot may change only its own messages.")
    if bool(message.reader) != asked.targeted:
        raise Refused(404, "ActivityNotFoundInConversation", "The activity was not found in the conversation.")
    return message


def update(world: World, asked: Asked) -> Json:
    """PUT: the message is another one for everybody; the views of single people are gone with it."""
    place, _ = _there(world, asked)
    _may_write(world, place)
    _in_time(world, (place.id, "update"), SEND_RATES)
    message = _own(world, place, asked)
    if asked.body.get("id") != asked.activity:
        raise Refused(400, "BadSyntax", "The id of the activity is not the one of the path.")
    if asked.targeted and asked.body.get("recipient"):
        raise Refused(400, "BadArgument", "A targeted message keeps its recipient.")
    _checked(world, place, asked.body, update=True)
    message.history.append(message.activity)
    message.activity, message.views, message.viewed_at = copy.deepcopy(asked.body), {}, {}
    world.on_change(message)
    return {"id": message.id}


def delete(world: World, asked: Asked) -> Json:
    """DELETE: nobody sees it any more."""
    place, _ = _there(world, asked)
    _may_write(world, place)
    _own(world, place, asked).deleted = True
    return {}


def create(world: World, asked: Asked) -> Json:
    """POST /v3/conversations: the chat with one person (the same one each time), or a new thread in a channel."""
    channel = ((asked.body.get("channelData") or {}).get("channel") or {}).get("id")
    tenant = asked.body.get("tenantId") or ((asked.body.get("channelData") or {}).get("tenant") or {}).get("id")
    if channel:
        return _new_thread(world, asked, str(channel))
    if tenant != asked.tenant:
        raise Refused(400, "BadArgument", "The tenant is missing, or another.")
    who = _one_member(world, asked.body)
    if not who.installed or who.tenant != tenant:
        raise Refused(403, "BadArgument", "Bot is not installed in user's personal scope")
    place = world.personal(who.key)
    _in_time(world, (place.id, "create"), SEND_RATES)
    if activity := asked.body.get("activity"):
        _may_write(world, place)
        _checked(world, place, {"from": world.bot, **activity}, update=False)
        return {"id": place.id, "activityId": post(world, place, None, activity).id}
    return {"id": place.id}


def _one_member(world: World, body: Json) -> Person:
    """By `29:` id or object id, never by e-mail or user principal name (msteams-docs: send-proactive-messages.md)."""
    members = body.get("members") or []
    if body.get("isGroup") or len(members) != 1:
        raise Refused(400, "BadSyntax", "Incorrect conversation creation parameters")
    said = str(members[0].get("id"))
    who = world.somebody(said)
    if who is None or said == who.upn:
        raise Refused(403, "BadArgument", "Failed to decrypt pairwise id")
    return who


def _new_thread(world: World, asked: Asked, channel: str) -> Json:
    place, _ = world.place_of(channel)
    activity = asked.body.get("activity")
    if place.kind != "channel" or not asked.body.get("isGroup") or not activity:
        raise Refused(400, "BadSyntax", "Incorrect conversation creation parameters")
    _may_write(world, place)
    _in_time(world, (place.id, "send"), SEND_RATES)
    _checked(world, place, {"from": world.bot, **activity}, update=False)
    message = post(world, place, None, activity)
    return {"id": world.wire_id(place, message.thread), "activityId": message.id}


def _roster(world: World, asked: Asked) -> list[Person]:
    place, _ = _there(world, asked)
    _in_time(world, (place.id, "members"), LOOK_RATES)
    if place.kind != "personal" and not place.bot:
        raise Refused(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    return [world.people[key] for key in sorted(place.members)]


def members(world: World, asked: Asked) -> list[Json]:
    """GET …/members: all of them."""
    return [one.member() for one in _roster(world, asked)]


def member(world: World, asked: Asked) -> Json:
    """GET …/members/{id}: by `29:` id, object id or user principal name."""
    found = [one for one in _roster(world, asked) if asked.who in {one.mri, one.aad_object_id, one.upn}]
    if not found:
        raise Refused(404, "MemberNotFoundInConversation", "Member not found in conversation.")
    return found[0].member()


def paged(world: World, asked: Asked) -> Json:
    """GET …/pagedmembers: 50 to 500 at a time, whatever was asked for, and a token for the rest (get-teams-context.md)."""
    everybody = [one.member() for one in _roster(world, asked)]
    first, many = int(asked.query.get("continuationToken") or 0), int(asked.query.get("pageSize") or 200)
    many = min(max(many, 50), 500)
    more = {"continuationToken": str(first + many)} if first + many < len(everybody) else {}
    return {"members": everybody[first : first + many], **more}


Operation = Callable[[World, Asked], Json | list[Json]]
# (method, what follows /v3 in the path) -> (name, what is done, the status when it is)
OPERATIONS: dict[tuple[str, str], tuple[str, Operation, int]] = {
    ("POST", "conversations"): ("create", create, 201),
    ("POST", "conversations/{conversation}/activities"): ("send", send, 201),
    ("POST", "conversations/{conversation}/activities/{activity}"): ("send", reply, 201),
    ("PUT", "conversations/{conversation}/activities/{activity}"): ("update", update, 200),
    ("DELETE", "conversations/{conversation}/activities/{activity}"): ("delete", delete, 200),
    ("GET", "conversations/{conversation}/members"): ("members", members, 200),
    ("GET", "conversations/{conversation}/members/{who}"): ("member", member, 200),
    ("GET", "conversations/{conversation}/pagedmembers"): ("members", paged, 200),
    ("GET", "conversations/{conversation}/activities/{activity}/members"): ("members", members, 200),
}
