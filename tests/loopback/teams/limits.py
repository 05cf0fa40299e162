"""What Teams refuses of a message as a whole: its size, its kind, its cards, mentions and citations. Pure."""

import json
import re
from collections.abc import Iterator

from tests.loopback.teams.cards import in_card, unmatched
from tests.loopback.teams.records import CARD, Json

MOST_BYTES = 100 * 1024  # msteams-docs: format-your-bot-messages.md, encoded as UTF-16
_FORMATS = {None, "plain", "markdown", "xml", "extendedmarkdown"}
_AI = "https://schema.org/Message"
_WORDS = {"name": 80, "abstract": 160}  # msteams-docs: bot-messages-ai-generated-content.md
_MOST_CITATIONS = 20
# Rate limits for one bot in one conversation, (calls, seconds); msteams-docs: rate-limit.md
SEND_RATES = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
LOOK_RATES = ((14, 1.0), (16, 2.0), (120, 30.0), (3600, 3600.0))


def size(activity: Json) -> int:
    """The bytes that count."""
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le"))


def in_activity(activity: Json, *, update: bool, personal: bool) -> list[str]:
    """What is wrong with an activity from the bot."""
    if activity.get("type") == "typing":
        return []
    return [*_frame(activity, personal=personal), *_shown(activity, update=update), *_entities(activity)]


def _frame(activity: Json, *, personal: bool) -> Iterator[str]:
    if activity.get("type") != "message":
        yield f"Teams takes no {activity.get('type')!r} from a bot [at /type]"
    if activity.get("textFormat") not in _FORMATS:
        yield f"unknown format {activity['textFormat']!r} [at /textFormat]"
    if activity.get("attachmentLayout") not in {None, "list", "carousel"}:
        yield f"unknown layout {activity['attachmentLayout']!r} [at /attachmentLayout]"
    if (activity.get("suggestedActions") or {}).get("actions") and not personal:
        yield "suggested actions are shown in personal chats only [at /suggestedActions]"


def _shown(activity: Json, *, update: bool) -> Iterator[str]:
    attachments = activity.get("attachments") or []
    if not activity.get("text") and not attachments:
        yield "a message without text and cards [at /]"
    if attachments and not update and not (activity.get("summary") or activity.get("text")):
        yield "without summary the notification says only that a card was sent [at /summary]"
    for index, one in enumerate(attachments):
        if one.get("contentType") == CARD:
            yield from (f"{line} [in /attachments/{index}/content]" for line in in_card(one.get("content")))
        else:
            yield f"not a card that this project sends: {one.get('contentType')!r} [at /attachments/{index}]"


def _entities(activity: Json) -> Iterator[str]:
    entities, text = activity.get("entities") or [], str(activity.get("text") or "")
    yield from unmatched(text, entities, "/entities")
    for index, one in enumerate(entities):
        at = f"/entities/{index}"
        if one.get("type") == _AI:
            yield from _cited(one, text, at)
        elif one.get("type") == "mention":
            if not str((one.get("mentioned") or {}).get("id", "")).startswith(("29:", "28:")):
                yield f"a mention names somebody by id [at {at}/mentioned/id]"
        else:
            yield f"unknown entity {one.get('type')!r} [at {at}]"


def _cited(entity: Json, text: str, at: str) -> Iterator[str]:
    if entity.get("@type") != "Message" or entity.get("@context") != "https://schema.org":
        yield f"needs @type Message and @context https://schema.org [at {at}]"
    citations = entity.get("citation") or []
    if len(citations) > _MOST_CITATIONS:
        yield f"at most {_MOST_CITATIONS} citations [at {at}/citation]"
    places = [one.get("position") for one in citations]
    if len(set(places)) < len(places) or not all(isinstance(one, int) and one > 0 for one in places):
        yield f"each citation has a position of its own [at {at}/citation]"
    if {str(one) for one in places} != set(re.findall(r"\[(\d+)\]", text)):
        yield f"the text cites by [number] just what is listed, {places} [at {at}/citation]"
    for index, one in enumerate(citations):
        yield from _appearance(one, f"{at}/citation/{index}")


def _appearance(one: Json, at: str) -> Iterator[str]:
    shown = one.get("appearance") or {}
    if one.get("@type") != "Claim" or shown.get("@type") != "DigitalDocument":
        yield f"a Claim whose appearance is a DigitalDocument [at {at}]"
    for key, most in _WORDS.items():
        if not isinstance(shown.get(key), str) or not 1 <= len(shown[key]) <= most:
            yield f"{key} is needed, in at most {most} characters [at {at}/appearance/{key}]"
    if "url" in shown and not str(shown["url"]).startswith("https://"):
        yield f"a link begins with https:// [at {at}/appearance/url]"
