"""What people do to things on their screen: press, choose, fill in, submit, close; and what Slack makes of the answer."""

from tests.loopback.slack import forms, views
from tests.loopback.slack.people import TROUBLE, People
from tests.loopback.slack.reading import Shown, acting
from tests.loopback.slack.records import Delivery, Json, Message, View
from tests.loopback.slack.world import Refused


class Pressing(People):
    """Presses and forms."""

    async def presses(
        self,
        user: str,
        shown: Shown,
        action_id: str | None = None,
        value: str | None = None,
        label: str | None = None,
        *,
        choice: object = None,
        filled: Json | None = None,
    ) -> Delivery:
        """Press a button (by action_id, value or label), or make a choice elsewhere; `filled` are inputs filled in before."""
        block, one = _wanted(shown, action_id, value, label)
        action = {"type": one["type"], "action_id": one["action_id"], "block_id": block["block_id"], "action_ts": self.stamp()}
        typed = forms.fill(shown.all_blocks, self._typed(shown), filled or {})
        if one["type"] in {"button", "workflow_button"}:
            action |= {key: one[key] for key in ("text", "value", "style", "url") if key in one}
        else:
            set_to = forms.filled(one, choice)
            action |= set_to
            typed |= {(block["block_id"], one["action_id"]): set_to} if one["type"] != "overflow" else {}
        where = self._in_view(user, shown, typed) if isinstance(shown, View) else self._in_message(user, shown, typed)
        return await self.interact("block_actions", user, actions=[action], **where)

    def _typed(self, shown: Shown) -> dict[tuple[str, str], Json]:
        return shown.typed if isinstance(shown, View) else forms.kept_inputs(shown.all_blocks, {})

    def _in_view(self, user: str, view: View, typed: dict[tuple[str, str], Json]) -> Json:
        assert view.user == user, f"this is in front of {view.user}"
        view.typed = typed
        return {"container": {"type": "view", "view_id": view.id}, "view": views.wire(self, view)}

    def _in_message(self, user: str, message: Message, typed: dict[tuple[str, str], Json]) -> Json:
        """Of a message that only one person sees, Slack sends no `message`."""
        place, private = self.place(message.channel), message.reader is not None
        assert message.reader in {None, user}, f"only {message.reader} sees this message"
        now = next((one for one in self.messages if (one.channel, one.ts) == (message.channel, message.ts)), message)
        values: Json = {}
        for (block, action), set_to in typed.items():
            values.setdefault(block, {})[action] = set_to
        container = {"type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": private}
        container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
        told = {} if private else {"message": message.wire(metadata=True)}
        where = {"container": container, "channel": {"id": place.id, "name": place.name}, "state": {"values": values}}
        return {**where, **told, "response_url": self.hook(user, place.id, now)}

    def fills(self, view: View, **answers: object) -> None:
        """Somebody types into a form without sending it yet."""
        view.typed = forms.fill(view.all_blocks, view.typed, answers)

    async def submits(self, user: str, view: View, answers: Json | None = None, *, anyway: bool = False) -> Delivery:
        """Send a form. What Slack's client complains of by itself is not delivered (`anyway` sends it all the same)."""
        assert view.user == user, f"this is in front of {view.user}"
        view.typed = forms.fill(view.all_blocks, view.typed, answers or {})
        view.errors = forms.unsent(view.all_blocks, view.typed)
        if view.errors and not anyway:
            return Delivery(view.id, "interactive", {}, errors=dict(view.errors))
        delivery = await self.interact("view_submission", user, view=views.wire(self, view), response_urls=[])
        if delivery.trouble is None:
            self._follow(user, view, delivery)
        delivery.errors = dict(view.errors)
        return delivery

    def _follow(self, user: str, view: View, delivery: Delivery) -> None:
        """Do what the app answered: close, clear, show errors, another view, or one on top."""
        told = delivery.body or {}
        try:
            self._act(user, view, told if isinstance(told, dict) else {"response_action": told})
        except Refused as refused:
            delivery.trouble = " ".join([TROUBLE, refused.error, *refused.told])

    def _act(self, user: str, view: View, told: Json) -> None:
        match told.get("response_action"):
            case None:
                self._gone(user, view)
            case "clear":
                self.modals[user] = []
            case "errors":
                view.errors = self._errors(view, told.get("errors"))
            case "update":
                views.replace(self, view, views.checked(self, told.get("view"), "modal"))
            case "push":
                views.show(self, user, views.checked(self, told.get("view"), "modal"), on_top=True)
            case other:
                raise Refused(f"no such response_action: {other}")

    def _errors(self, view: View, told: object) -> dict[str, str]:
        """Errors stand beside inputs; one for anything else breaks the form."""
        known = {block["block_id"] for block in view.all_blocks if block["type"] == "input"}
        if not isinstance(told, dict) or not told or not set(told) <= known:
            raise Refused("errors for blocks that are no inputs", str(told))
        return {str(key): str(value) for key, value in told.items()}

    def _gone(self, user: str, view: View) -> None:
        self.modals[user] = [one for one in self.modals.get(user, []) if one.id != view.id]

    async def closes(self, user: str, view: View, *, everything: bool = False) -> Delivery:
        """Close a modal, or all of them; the app hears of it only where it asked to."""
        cleared = everything or bool(view.payload.get("clear_on_close"))
        self._gone(user, view)
        if cleared:
            self.modals[user] = []
        if not view.payload.get("notify_on_close"):
            return Delivery(view.id, "interactive", {})
        return await self.interact("view_closed", user, view=views.wire(self, view), is_cleared=cleared)


def _wanted(shown: Shown, action_id: str | None, value: str | None, label: str | None) -> tuple[Json, Json]:
    """The one thing on this message or view that is meant."""
    found = []
    for block, one in acting(shown):
        words = one["text"]["text"] if one["type"] == "button" else None
        meant = ((action_id, one["action_id"]), (value, one.get("value")), (label, words))
        if all(wanted in {None, there} for wanted, there in meant):
            found.append((block, one))
    assert len(found) == 1, (
        f"{len(found)} fit {(action_id, value, label)}: {[(one['action_id'], one.get('value')) for _, one in acting(shown)]}"
    )
    return found[0]
