"""The methods of views: a stack of at most three modals a person, and a home tab. Not here: what people type into them (forms.py)."""

from collections.abc import Callable

from tests.loopback.slack.forms import kept_inputs
from tests.loopback.slack.limits import in_view
from tests.loopback.slack.records import Json, View
from tests.loopback.slack.world import Refused, World

_HIGHEST = 3
_TRIGGER_SECONDS = 3


def wire(world: World, view: View) -> Json:
    """The view object, with the state that stands on the screen."""
    values: Json = {}
    for (block, action), typed in view.typed.items():
        values.setdefault(block, {})[action] = typed
    empty: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False, "notify_on_close": False}
    ids = {"id": view.id, "team_id": world.team, "app_id": world.app_id, "bot_id": world.bot_id, "app_installed_team_id": world.team}
    place = {"hash": view.hash, "root_view_id": view.root, "previous_view_id": view.previous, "state": {"values": values}}
    return {"title": None, "submit": None, "close": None, **empty, **view.payload, **ids, **place}


def checked(world: World, given: object, kind: str) -> Json:
    """The view as it will be kept, or why not."""
    told = in_view(given)
    if told or not isinstance(given, dict) or given["type"] != kind:
        raise Refused("invalid_arguments", *(f"[ERROR] {line}" for line in told))
    return {**given, "blocks": world.labelled(given["blocks"])}


def show(world: World, user: str, payload: Json, *, on_top: bool) -> View:
    """A modal comes up: alone, or over the one that is there."""
    stack = world.modals.setdefault(user, [])
    if on_top and len(stack) >= _HIGHEST:
        raise Refused("push_limit_reached")
    key = world.fresh("V")
    below = stack[-1] if on_top and stack else None
    view = View(key, user, world.stamp(), payload, root=below.root if below else key, previous=below.id if below else None)
    view.typed = kept_inputs(payload["blocks"], {})
    world.modals[user] = [*stack, view] if on_top else [view]
    return view


def replace(world: World, view: View, payload: Json) -> View:
    """The same view with other content: what was typed into an input that is still there stays."""
    view.payload, view.hash, view.errors = payload, world.stamp(), {}
    view.typed = kept_inputs(payload["blocks"], view.typed)
    return view


def _triggered(world: World, args: Json, show_it: Callable[[str, Json], View]) -> Json:
    """Opens for whoever the trigger_id belongs to: once, and within three seconds."""
    key = str(args.get("trigger_id", ""))
    one = world.triggers.get(key)
    if one is None:
        raise Refused("invalid_trigger_id")
    if one.uses:
        raise Refused("exchanged_trigger_id")
    if world.now() - one.born > _TRIGGER_SECONDS:
        raise Refused("expired_trigger_id")
    view = show_it(one.user, checked(world, args.get("view"), "modal"))
    one.uses += 1
    return {"view": wire(world, view)}


def open_modal(world: World, args: Json) -> Json:
    """views.open."""
    return _triggered(world, args, lambda user, payload: show(world, user, payload, on_top=False))


def push(world: World, args: Json) -> Json:
    """views.push."""
    return _triggered(world, args, lambda user, payload: show(world, user, payload, on_top=True))


def update(world: World, args: Json) -> Json:
    """views.update, by id or external_id; an old hash is a conflict."""
    modals = [one for stack in world.modals.values() for one in stack]
    key, external = args.get("view_id"), args.get("external_id")
    found = [one for one in modals if one.id == key or (external and one.payload.get("external_id") == external)]
    if not found:
        raise Refused("not_found")
    if args.get("hash") not in {None, found[0].hash}:
        raise Refused("hash_conflict")
    return {"view": wire(world, replace(world, found[0], checked(world, args.get("view"), "modal")))}


def publish(world: World, args: Json) -> Json:
    """views.publish: somebody's home tab; an old hash is a conflict."""
    user = str(args.get("user_id", ""))
    if user not in world.users:
        raise Refused("user_not_found")
    there = world.homes.get(user)
    if args.get("hash") and (there is None or args["hash"] != there.hash):
        raise Refused("hash_conflict")
    payload = checked(world, args.get("view"), "home")
    if there is None:
        key = world.fresh("V")
        world.homes[user] = there = View(key, user, "", payload, root=key)
    return {"view": wire(world, replace(world, there, payload))}


METHODS = {"views.open": open_modal, "views.push": push, "views.update": update, "views.publish": publish}
