"""What people do in conversations: say, edit, react, install, come and go; and any other activity. Not here: presses (pressing.py)."""

from tests.loopback.teams.delivery import Delivering
from tests.loopback.teams.reading import In
from tests.loopback.teams.records import Delivery, Json, Message, Place


class People(Delivering):
    """`hears_everything`: the app was granted ChannelMessage.Read.Group; else it hears only its name in groups and channels."""

    hears_everything = False

    async def says(
        self, person: str, text: str, in_: In = None, *, mention: bool = True, targeted: bool = False, **fields: object
    ) -> Delivery:
        """Somebody types: to the bot, in a group or channel, or (in_=a message) beneath it. `targeted` is a slash command.

        The first word in a personal chat installs the app. `fields` replace fields of the activity.
        """
        place, thread = self.where(person, in_)
        if place.kind == "personal" and not self.people[person].installed:
            await self.installs(person)
        message = self._said(person, text, place, thread)
        called = place.kind != "personal" and mention and not targeted
        activity = self.message_activity(person, place, message, mentioned=called)
        if targeted:
            message.reader = person
            activity["recipient"] = {**self.bot, "isTargeted": True}
        heard = place.kind == "personal" or (place.bot and (called or targeted or self.hears_everything))
        delivery = await self.deliver({**activity, **fields}) if heard else Delivery(message.id, activity)
        delivery.message = message
        return delivery

    def _said(self, person: str, text: str, place: Place, thread: str | None) -> Message:
        key = self.message_id()
        in_thread = (thread or key) if place.kind == "channel" else None
        message = Message(key, place.id, self.people[person].mri, {"type": "message", "text": text}, in_thread)
        self.messages.append(message)
        return message

    def _place_of(self, message: Message) -> Place:
        return next(one for one in self.places.values() if one.id == message.place)

    async def event(self, kind: str, person: str, in_: In = None, **fields: object) -> Delivery:
        """Any activity: `event("conversationUpdate", "dana", topicName="…")`."""
        place, thread = self.where(person, in_)
        return await self.deliver(self.activity(kind, person, place, thread, **fields))

    async def edits(self, person: str, message: Message, text: str) -> Delivery:
        """Somebody edits what they said."""
        message.history.append(message.activity)
        message.activity = {**message.activity, "text": text}
        place = self._place_of(message)
        told = self.message_activity(person, place, message, mentioned=place.kind != "personal")
        return await self.deliver({**told, "type": "messageUpdate", "channelData": {**told["channelData"], "eventType": "editMessage"}})

    async def deletes(self, person: str, message: Message) -> Delivery:
        """Somebody deletes what they said."""
        message.deleted = True
        place = self._place_of(message)
        data = {**self.channel_data(place, self.people[person]), "eventType": "softDeleteMessage"}
        return await self.deliver(self.activity("messageDelete", person, place, message.thread, id=message.id, channelData=data))

    async def reacts(self, person: str, message: Message, reaction: str = "like", *, away: bool = False) -> Delivery:
        """Somebody puts a reaction on a message, or takes it away. Targeted messages take none."""
        assert message.reader is None, "targeted messages take no reactions"
        (message.reactions.remove if away else message.reactions.append)((person, reaction))
        key = "reactionsRemoved" if away else "reactionsAdded"
        place = self._place_of(message)
        told: Json = {"replyToId": message.id, key: [{"type": reaction}]}
        return await self.deliver(self.activity("messageReaction", person, place, message.thread, **told))

    async def installs(self, person: str, *, upgrade: bool = False) -> list[Delivery]:
        """Somebody adds the app for themselves: two activities (msteams-docs: subscribe-to-conversation-events.md)."""
        self.people[person].installed = True
        place = self.personal(person)
        what = "add-upgrade" if upgrade else "add"
        added = [] if upgrade else [await self._members(person, place, "membersAdded", [dict(self.bot)])]
        return [*added, await self.deliver(self._installation(person, place, what))]

    async def uninstalls(self, person: str) -> Delivery:
        """Somebody takes the app away; nothing more can be sent to them."""
        self.people[person].installed = False
        return await self.deliver(self._installation(person, self.personal(person), "remove"))

    def blocks(self, person: str, *, again: bool = True) -> None:
        """Somebody blocks the bot (or, `again=False`, no longer); it is told nothing of that."""
        self.people[person].blocked = again

    async def adds_bot(self, person: str, to: str) -> list[Delivery]:
        """Somebody adds the app to a group or team."""
        place = self.places[to]
        place.bot = True
        added = await self._members(person, place, "membersAdded", [dict(self.bot)])
        return [added, await self.deliver(self._installation(person, place, "add"))]

    async def removes_bot(self, person: str, of: str) -> list[Delivery]:
        """Somebody takes the app out of a group or team."""
        place = self.places[of]
        place.bot = False
        removed = await self._members(person, place, "membersRemoved", [dict(self.bot)])
        return [removed, await self.deliver(self._installation(person, place, "remove"))]

    async def joins(self, person: str, to: str) -> Delivery:
        """Somebody comes into a group or team."""
        place = self.places[to]
        place.members.add(person)
        return await self._members(person, place, "membersAdded", [self.people[person].account()])

    async def leaves(self, person: str, of: str) -> Delivery:
        """Somebody leaves a group or team."""
        place = self.places[of]
        place.members.discard(person)
        return await self._members(person, place, "membersRemoved", [self.people[person].account()])

    async def _members(self, person: str, place: Place, key: str, who: list[Json]) -> Delivery:
        told = {**self.activity("conversationUpdate", person, place), key: who}
        if place.kind == "channel":
            kind = "teamMemberAdded" if key == "membersAdded" else "teamMemberRemoved"
            told["channelData"] |= {"eventType": kind, "team": {"id": self.team_id(place.team or ""), "name": place.team}}
        return await self.deliver(told)

    def _installation(self, person: str, place: Place, what: str) -> Json:
        told = self.activity("installationUpdate", person, place, action=what)
        told["channelData"] |= {"settings": {"selectedChannel": {"id": place.id}}, "source": {"name": "message"}}
        return told
