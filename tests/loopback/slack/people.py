"""What people do in conversations: say, mention, command, use a shortcut, open the home tab; and any other event. Not: presses."""

import asyncio
from typing import Any

from tests.loopback.slack.chat import content
from tests.loopback.slack.delivery import Delivering
from tests.loopback.slack.hooks import say
from tests.loopback.slack.records import Channel, Delivery, Json, Message
from tests.loopback.slack.views import wire
from tests.loopback.slack.world import Pass, Refused

ABOUT_TOKENS = ("app_uninstalled", "tokens_revoked")  # nobody is authorized any more
TROUBLE = "We had some trouble connecting. Try again?"


class People(Delivering):
    """`subscribed` are the app's message events; in the other places it hears only its name."""

    subscribed: frozenset[str] = frozenset({"im"})
    echoes = False  # Slack tells an app of its own messages and edits too; here only where a test wants it

    def on_change(self, kind: str, message: Message) -> None:
        """The bot's own message was posted, changed or deleted: perhaps it hears of that."""
        place = self.channels[message.channel]
        if not self.echoes or message.reader or place.kind not in self.subscribed:
            return
        if kind == "posted":
            task = self._message_event("message", place, message)
        else:
            now = {"message": message.wire()} if kind == "changed" else {"previous_message": message.wire(), "deleted_ts": message.ts}
            told = {"channel": place.id, "channel_type": place.kind, "ts": self.stamp(), "hidden": True, **now}
            task = asyncio.ensure_future(self.event("message", subtype=f"message_{kind}", **told))
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    async def event(self, kind: str, **fields: Any) -> Delivery:
        """Any event: `event("team_join", user={...})`. Everything else of the envelope is Slack's."""
        key, team = self.fresh("Ev"), self.team
        place = self.channels.get(str(fields.get("channel")))
        who = {"enterprise_id": self.enterprise, "team_id": team, "user_id": self.bot_user, "is_bot": True}
        who["is_enterprise_install"] = self.org_wide
        event = {"type": kind, "event_ts": self.stamp(), **fields}
        ids: Json = {"token": "verification", "team_id": team, "api_app_id": self.app_id, "event_id": key, "event_time": int(self.now())}
        rest = {"event_context": key, "is_ext_shared_channel": bool(place and place.shared)}
        rest["authorizations"] = [] if kind in ABOUT_TOKENS else [who]
        grid = {"enterprise_id": self.enterprise} if self.enterprise else {}
        return await self.deliver("event", key, {**ids, **grid, "type": "event_callback", "event": event, **rest})

    async def says(self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None) -> Delivery:
        """Somebody types: in the DM with the bot unless a channel is named. What the app does not subscribe to it never hears."""
        place = self.place(channel) if channel else self.im_with(user)
        message = Message(place.id, self.stamp(), user, self.typed_by_hand(text), thread_ts=thread_ts)
        self.messages.append(message)
        heard = ["message"] if place.kind in self.subscribed else []
        if place.kind != "im" and f"<@{self.bot_user}>" in text:
            heard.append("app_mention")
        sent = [self._message_event(kind, place, message) for kind in heard]
        done = await asyncio.gather(*sent)
        return done[-1] if done else Delivery(message.ts, "event", message.wire())

    async def mentions(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Delivery:
        """Somebody calls the bot by its name."""
        return await self.says(user, f"<@{self.bot_user}> {text}", channel, thread_ts)

    def _message_event(self, kind: str, place: Channel, message: Message) -> "asyncio.Task[Delivery]":
        rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": message.text}]}
        blocks = [{"type": "rich_text", "block_id": self.fresh("blk"), "elements": [rich]}]
        told = {key: value for key, value in message.wire().items() if key != "type"}
        told |= {"channel": place.id, "blocks": blocks, "client_msg_id": self.fresh("client"), "event_ts": message.ts}
        told |= {"channel_type": place.kind} if kind == "message" else {}
        return asyncio.ensure_future(self.event(kind, team=self.team, user_team=self.users[message.user].team, **told))

    async def edits(self, user: str, message: Message, text: str) -> Delivery:
        """Somebody edits what they said."""
        before = message.wire()
        message.text, message.edited = self.typed_by_hand(text), {"user": user, "ts": self.stamp()}
        now = {**message.wire(), "user": user}
        place = self.place(message.channel)
        told = {"channel": place.id, "channel_type": place.kind, "message": now, "previous_message": before, "ts": self.stamp()}
        return await self.event("message", subtype="message_changed", hidden=True, **told)

    async def commands(self, user: str, command: str, text: str = "", channel: str | None = None) -> Delivery:
        """A slash command; what the app answers right away is shown as Slack shows it."""
        place = self.place(channel) if channel else self.im_with(user)
        trigger, who = self.trigger(user), self.users[user]
        ids = {
            "token": "verification",
            "team_id": self.team,
            "team_domain": "maplegrove",
            "channel_id": place.id,
            "channel_name": place.name,
        }
        names = {"user_id": user, "user_name": who.name.lower().replace(" ", "."), "command": command, "text": self.typed_by_hand(text)}
        grid = {"enterprise_id": self.enterprise, "enterprise_name": "District"} if self.enterprise else {}
        ways = {"api_app_id": self.app_id, "is_enterprise_install": str(self.org_wide).lower(), "trigger_id": trigger}
        told: Json = {**ids, **grid, **names, **ways, "response_url": self.hook(user, place.id)}
        delivery = await self.deliver("command", trigger, told)
        if delivery.status != 200:
            delivery.trouble = (
                f"{command} failed with the error \u201c{'dispatch_failed' if delivery.status else 'operation_timeout'}\u201d"
            )
        else:
            self._answered_at_once(user, place.id, delivery)
        return delivery

    def _answered_at_once(self, user: str, channel: str, delivery: Delivery) -> None:
        given = {"text": delivery.body} if isinstance(delivery.body, str) else dict(delivery.body or {})
        if not any(given.get(key) for key in ("text", "blocks", "attachments")):
            return
        try:
            say(self, Pass(user, self.now(), channel), given, content(given))
        except Refused as refused:
            delivery.trouble = refused.error

    async def opens_home(self, user: str, tab: str = "home") -> Delivery:
        """Somebody opens the bot: its home tab, or tab="messages"."""
        there = self.homes.get(user)
        shown = {"view": wire(self, there)} if there else {}
        return await self.event("app_home_opened", user=user, channel=self.im_with(user).id, tab=tab, **shown)

    def whoever(self, user: str) -> Json:
        """The user and the team in an interaction."""
        who = self.users[user]
        handle = who.name.lower().replace(" ", ".")
        person = {"id": user, "username": handle, "name": handle, "team_id": who.team}
        team = {"id": self.team, "domain": "maplegrove"} | ({"enterprise_id": self.enterprise} if self.enterprise else {})
        grid = {"id": self.enterprise, "name": "District"} if self.enterprise else None
        return {
            "user": person,
            "team": team,
            "enterprise": grid,
            "is_enterprise_install": self.org_wide,
            "api_app_id": self.app_id,
            "token": "verification",
        }

    async def interact(self, kind: str, user: str, **told: object) -> Delivery:
        """Any interaction, with a fresh trigger_id: it is the delivery's id."""
        trigger = self.trigger(user)
        delivery = await self.deliver("interactive", trigger, {"type": kind, **self.whoever(user), "trigger_id": trigger, **told})
        if delivery.status != 200:
            delivery.trouble = TROUBLE
        return delivery

    async def shortcut(self, user: str, callback_id: str) -> Delivery:
        """A global shortcut."""
        return await self.interact("shortcut", user, callback_id=callback_id, action_ts=self.stamp())

    async def message_shortcut(self, user: str, callback_id: str, message: Message) -> Delivery:
        """A shortcut from the menu of a message."""
        place = self.place(message.channel)
        told = {"message": message.wire(), "message_ts": message.ts, "channel": {"id": place.id, "name": place.name}}
        hook = self.hook(user, place.id, message if message.user == self.bot_user else None)
        return await self.interact("message_action", user, callback_id=callback_id, action_ts=self.stamp(), response_url=hook, **told)
