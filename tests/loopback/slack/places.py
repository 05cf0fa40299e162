"""The methods that look and find: who the bot is, people, conversations and what was said in them; assistant threads; installing."""

from tests.loopback.slack.records import Channel, Json, Message, User
from tests.loopback.slack.world import Refused, World


def _me(world: World) -> Json:
    grid = {"enterprise_id": world.enterprise} if world.enterprise else {}
    return {"team": "Maple Grove", "team_id": world.team, "user": "hallpass", "user_id": world.bot_user, **grid}


def auth_test(world: World, args: Json) -> Json:
    return {"url": "https://maplegrove.slack.example/", **_me(world), "bot_id": world.bot_id, "is_enterprise_install": False}


def bots_info(world: World, args: Json) -> Json:
    if args.get("bot", world.bot_id) != world.bot_id:
        raise Refused("bot_not_found")
    return {"bot": {"id": world.bot_id, "deleted": False, "name": "Hallpass", "app_id": world.app_id, "user_id": world.bot_user}}


def _may_be_met(one: User | None) -> None:
    if one is None:
        raise Refused("user_not_found")
    if one.deleted or one.is_bot:
        raise Refused("user_disabled" if one.deleted else "cannot_dm_bot")


def open_im(world: World, args: Json) -> Json:
    """conversations.open, with one person or several."""
    if args.get("channel"):
        return {"channel": {"id": world.place(args["channel"]).id}}
    asked = args.get("users")
    names = [one for one in (asked.split(",") if isinstance(asked, str) else asked if isinstance(asked, list) else ()) if one]
    if not names:
        raise Refused("users_list_not_supplied")
    for name in names:
        _may_be_met(world.users.get(name))
    if len(names) > 1:
        known = [one for one in world.channels.values() if one.kind == "mpim" and one.members == {*names, world.bot_user}]
        group = known[0] if known else world.channel(world.fresh("G"), members=tuple(names), kind="mpim")
        return {"channel": {"id": group.id}}
    before = set(world.channels)
    place = world.im_with(names[0])
    return {"channel": {"id": place.id}, **({"no_op": True, "already_open": True} if place.id in before else {})}


def _seen(world: World, args: Json) -> Channel:
    place = world.place(str(args.get("channel", "")))
    if place.kind in {"group", "mpim"} and world.bot_user not in place.members:
        raise Refused("channel_not_found")
    return place


def info(world: World, args: Json) -> Json:
    return {"channel": _seen(world, args).wire(world.team, world.bot_user)}


def _page(args: Json, found: list[Message], everything: list[Message]) -> Json:
    """Those within the times asked for, a page of them, and a cursor to the next."""
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    edge = bool(args.get("inclusive"))
    within = [one for one in found if oldest < float(one.ts) < latest or (edge and float(one.ts) in {oldest, latest})]
    start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    more = start + limit < len(within)
    shown = [_with_replies(one, everything, metadata=bool(args.get("include_all_metadata"))) for one in within[start : start + limit]]
    cursor = {"response_metadata": {"next_cursor": str(start + limit)}} if more else {}
    return {"messages": shown, "has_more": more, **cursor}


def _with_replies(one: Message, everything: list[Message], *, metadata: bool) -> Json:
    replies = [other for other in everything if other.thread_ts == one.ts and other.ts != one.ts]
    told = {"thread_ts": one.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts} if replies else {}
    return one.wire(metadata=metadata) | told


def _said(world: World, args: Json) -> list[Message]:
    place = _seen(world, args)
    if world.bot_user not in place.members:
        raise Refused("not_in_channel")
    return [one for one in world.messages if (one.channel, one.reader, one.deleted) == (place.id, None, False)]


def history(world: World, args: Json) -> Json:
    """conversations.history: newest first, without what was said inside threads."""
    everything = _said(world, args)
    return _page(args, [one for one in reversed(everything) if one.thread_ts in {None, one.ts}], everything)


def replies(world: World, args: Json) -> Json:
    """conversations.replies: the first message of the thread, then the rest in order."""
    everything, ts = _said(world, args), args.get("ts")
    found = [one for one in everything if ts in {one.ts, one.thread_ts}]
    if not found:
        raise Refused("thread_not_found")
    return _page(args, found, everything)


def user_info(world: World, args: Json) -> Json:
    if args.get("user") not in world.users:
        raise Refused("user_not_found")
    return {"user": world.users[args["user"]].wire()}


def by_email(world: World, args: Json) -> Json:
    """users.lookupByEmail: neither strangers nor those who left are found."""
    wanted = str(args.get("email", "")).lower()
    for one in world.users.values():
        if (one.email or "").lower() == wanted and not one.deleted and not one.is_stranger and wanted:
            return {"user": one.wire()}
    raise Refused("users_not_found")


def _assistant_thread(world: World, args: Json) -> tuple[str, str]:
    place = world.place(str(args.get("channel_id", "")))
    return place.id, str(args.get("thread_ts", ""))


def set_status(world: World, args: Json) -> Json:
    world.needs_agent_view()
    if not args.get("thread_ts"):
        raise Refused("invalid_thread_ts")
    world.statuses[_assistant_thread(world, args)] = str(args.get("status", ""))
    return {}


def set_prompts(world: World, args: Json) -> Json:
    """In the agent view they stand at the top of the direct messages: with a thread named, Slack says ok and shows nothing."""
    world.needs_agent_view()
    if not 1 <= len(args.get("prompts") or ()) <= 4:
        raise Refused("invalid_arguments", "[ERROR] must have 1 to 4 items [json-pointer:/prompts]")
    if any(set(one) != {"title", "message"} for one in args["prompts"]):
        raise Refused("invalid_arguments", "[ERROR] a prompt has a title and a message [json-pointer:/prompts]")
    if not args.get("thread_ts"):
        world.prompts[_assistant_thread(world, args)] = args["prompts"]
    return {}


def set_title(world: World, args: Json) -> Json:
    world.needs_agent_view()
    if not any((one.channel, one.ts) == _assistant_thread(world, args) for one in world.messages):
        raise Refused("invalid_thread_ts")
    world.titles[_assistant_thread(world, args)] = str(args.get("title", ""))
    return {}


def connect(world: World, args: Json) -> Json:
    """apps.connections.open: an address for one WebSocket."""
    ticket = world.fresh("ticket")
    world.tickets.add(ticket)
    return {"url": f"{world.base_url.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={world.app_id}"}


def install(world: World, args: Json) -> Json:
    """oauth.v2.access: each code in `codes` is good once, for the token of its workspace."""
    if (args.get("client_id"), args.get("client_secret")) != (world.client_id, world.client_secret):
        raise Refused("invalid_client_id" if args.get("client_id") != world.client_id else "bad_client_secret")
    if args.get("grant_type") == "refresh_token":
        return _refreshed(world, str(args.get("refresh_token", "")))
    team = world.codes.pop(str(args.get("code", "")), None)
    if team is None:
        raise Refused("invalid_code")
    token = world.bot_token if team == world.team and not world.revoked and not world.lives else world.fresh("xoxb-")
    world.tokens[token] = team
    who = {"app_id": world.app_id, "authed_user": {"id": "UINSTALLER"}, "bot_user_id": world.bot_user}
    owner = {"id": world.enterprise, "name": "District"} if world.enterprise else None
    given = {"access_token": token, "token_type": "bot", "scope": "chat:write,im:history,commands,users:read,users:read.email"}
    place = None if world.org_wide else {"id": team, "name": "Maple Grove"}
    lives = _rotating(world, token)
    return {**given, **lives, **who, "team": place, "enterprise": owner, "is_enterprise_install": world.org_wide}


def _rotating(world: World, token: str) -> Json:
    if world.lives is None:
        return {}
    refresh = world.fresh("xoxe-")
    world.refreshing.add(refresh)
    world.ends[token] = world.now() + world.lives
    return {"refresh_token": refresh, "expires_in": world.lives}


def _refreshed(world: World, refresh: str) -> Json:
    """Another token for a refresh token, which is spent then."""
    if refresh not in world.refreshing:
        raise Refused("invalid_refresh_token")
    world.refreshing.discard(refresh)
    token = world.fresh("xoxe.xoxb-")
    world.tokens[token] = world.team
    given = {"access_token": token, "token_type": "bot", "app_id": world.app_id, "bot_user_id": world.bot_user}
    return {**given, "team": {"id": world.team}, "enterprise": None, **_rotating(world, token)}


METHODS = {
    "auth.test": auth_test,
    "bots.info": bots_info,
    "conversations.open": open_im,
    "conversations.info": info,
    "conversations.history": history,
    "conversations.replies": replies,
    "users.info": user_info,
    "users.lookupByEmail": by_email,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_prompts,
    "assistant.threads.setTitle": set_title,
    "apps.connections.open": connect,
    "oauth.v2.access": install,
}
