"""Activities as Teams sends them: every field a bot may look at (msteams-docs: conversation-messages.md, bots-context.md). Not: sending."""

import re
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from tests.loopback.teams.reading import Reading
from tests.loopback.teams.records import Json, Message, Person, Place


class Activities(Reading):
    """Builders of what the bot receives."""

    def activity(self, kind: str, person: str, place: Place, thread: str | None = None, **more: object) -> Json:
        """What every activity has; `id` is the message's, or a new one of its own."""
        who = self.people[person]
        told: Json = {
            "type": kind,
            "id": f"f:{self.fresh('')}-{self.message_id()}",
            **self._times(who),
            "channelId": "msteams",
            "serviceUrl": self.service_url(place.tenant),
            "from": who.account(),
            "conversation": self._conversation(place, thread),
            "recipient": dict(self.bot),
            "entities": [self._client(who)],
            "channelData": self.channel_data(place, who),
            "locale": who.locale,
        }
        return {**told, **more}

    def _times(self, who: Person) -> Json:
        now = datetime.fromtimestamp(self.now(), UTC)
        here = now.astimezone(ZoneInfo(who.timezone))
        local = here.isoformat(timespec="milliseconds")
        return {
            "timestamp": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z",
            "localTimestamp": local,
            "localTimezone": who.timezone,
        }

    def _client(self, who: Person) -> Json:
        return {"locale": who.locale, "country": who.country, "platform": "Web", "timezone": who.timezone, "type": "clientInfo"}

    def _conversation(self, place: Place, thread: str | None) -> Json:
        many = {} if place.kind == "personal" else {"isGroup": True}
        return {**many, "conversationType": place.kind, "tenantId": place.tenant, "id": self.wire_id(place, thread)}

    def channel_data(self, place: Place, who: Person) -> Json:
        """The tenant is that of the person who acts: that is the one to look at."""
        told: Json = {"tenant": {"id": who.tenant}}
        if place.kind == "channel":
            team = self.team_id(place.team or "")
            told |= {"teamsChannelId": place.id, "teamsTeamId": team, "channel": {"id": place.id}, "team": {"id": team}}
        return told

    def mention(self, told: Json, text: str) -> Json:
        """The bot's name before the text, with its entity."""
        named = f"<at>{self.bot_name}</at>"
        entity = {"type": "mention", "mentioned": dict(self.bot), "text": named}
        return {**told, "text": f"{named} {text}", "entities": [entity, *told["entities"]]}

    def message_activity(self, person: str, place: Place, message: Message, *, mentioned: bool = False) -> Json:
        """Somebody's message; as from a real client, the same words come as HTML beside the text."""
        told = self.activity("message", person, place, message.thread, id=message.id, textFormat="plain", text=message.text)
        told = self.mention(told, message.text) if mentioned else told
        html = re.sub(r"^<at>(.*?)</at>", r'<span itemtype="http://schema.org/Mention" itemscope="" itemid="0">\1</span>', told["text"])
        body = html if mentioned else escape(message.text)
        told["attachments"] = [{"contentType": "text/html", "content": f"<p>{body}</p>"}]
        return told

    def invoke(self, name: str, person: str, place: Place, thread: str | None, value: Json, reply_to: str | None = None) -> Json:
        """An invoke: the HTTP answer is what the person gets."""
        told = self.activity("invoke", person, place, thread, name=name, value=value)
        told["channelData"] |= {"source": {"name": "message" if reply_to else "compose"}}
        if reply_to:
            told["channelData"] |= {"legacy": {"replyToId": reply_to}}
            told["replyToId"] = reply_to
        return told
