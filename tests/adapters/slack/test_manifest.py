"""What Slack is told fits what is listened for, and what Slack takes."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from adapters.slack.listen import Listener
from adapters.slack.lobby import REVOKED, UNINSTALLED
from adapters.slack.manifest import EVENTS, FOR_THE_AGENT, PLACEHOLDER, SCOPES, manifest, manifest_for_many
from bot.__main__ import main

WRITTEN = Path(__file__).parents[3] / "manifests" / "slack.yaml"


class Noting:
    """Takes listeners as a Bolt app does, and notes what for."""

    def __init__(self) -> None:
        self.kinds: list[tuple[str, Any]] = []

    def __getattr__(self, kind: str) -> Any:
        def take(what: Any) -> Any:
            self.kinds.append((kind, what))
            return lambda listener: listener

        return take


@pytest.fixture
def listened() -> list[tuple[str, Any]]:
    noting, nobody = Noting(), SimpleNamespace()
    Listener(nobody, nobody, nobody).attach(noting)  # type: ignore[arg-type]
    return noting.kinds


def test_every_listener_is_announced_and_nothing_else(listened: list[tuple[str, Any]]) -> None:
    told = manifest(PLACEHOLDER)

    assert {what for kind, what in listened if kind == "event"} == {event.partition(".")[0] for event in EVENTS}
    assert [what for kind, what in listened if kind == "command"] == [one["command"] for one in told["features"]["slash_commands"]]
    assert {what for kind, what in listened if kind == "shortcut"} == {one["callback_id"] for one in told["features"]["shortcuts"]}


def test_over_http_every_address_is_given_and_over_socket_mode_none() -> None:
    served, socket = manifest("https://bot.example.org/slack/events"), manifest()

    assert str(served).count("https://bot.example.org/slack/events") == 3
    assert not served["settings"]["socket_mode_enabled"]
    assert "url" not in str(socket)
    assert socket["settings"]["socket_mode_enabled"]


# What Slack takes, by the place in the manifest: the shortest and the longest text, or the fewest and the most entries.
LENGTHS = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.long_description": (175, 4000),
    "features.bot_user.display_name": (1, 80),
    "features.agent_view.agent_description": (1, 300),
    "features.agent_view.suggested_prompts": (1, 4),
    "features.shortcuts": (1, 10),
    "features.shortcuts.name": (1, 24),
    "features.shortcuts.callback_id": (1, 255),
    "features.shortcuts.description": (1, 150),
    "features.slash_commands": (1, 50),
    "features.slash_commands.command": (2, 32),
    "features.slash_commands.description": (1, 2000),
    "features.slash_commands.usage_hint": (1, 1000),
    "features.slash_commands.url": (8, 3000),
    "oauth_config.scopes.bot": (1, 255),
    "settings.event_subscriptions.bot_events": (1, 100),
    "settings.event_subscriptions.request_url": (8, 3500),
    "settings.interactivity.request_url": (8, 3500),
}
# Texts for which it names no length.
SHORT = {"display_information.background_color", "features.shortcuts.type"} | {
    f"features.agent_view.suggested_prompts.{part}" for part in ("title", "message")
}
# The only names that may stand at each place, and those that must.
SHAPES = {
    "": ({"display_information", "features", "oauth_config", "settings"}, {"display_information"}),
    "display_information": ({"name", "description", "background_color", "long_description"}, {"name"}),
    "features": ({"app_home", "bot_user", "shortcuts", "slash_commands", "agent_view"}, set()),
    "features.app_home": ({"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"}, set()),
    "features.bot_user": ({"display_name", "always_online"}, {"display_name"}),
    "features.agent_view": ({"agent_description", "suggested_prompts", "actions"}, set()),
    "features.agent_view.suggested_prompts": ({"title", "message"}, {"title", "message"}),
    "features.shortcuts": ({"name", "type", "callback_id", "description"}, {"name", "type", "callback_id", "description"}),
    "features.slash_commands": ({"command", "url", "description", "usage_hint", "should_escape"}, {"command", "description"}),
    "oauth_config": ({"redirect_urls", "scopes"}, set()),
    "oauth_config.scopes": ({"user", "bot"}, set()),
    "settings": (
        {
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
        },
        set(),
    ),
    "settings.event_subscriptions": ({"request_url", "user_events", "bot_events"}, set()),
    "settings.interactivity": ({"is_enabled", "request_url", "message_menu_options_url"}, {"is_enabled"}),
}
EVERY = [manifest(PLACEHOLDER), manifest(), manifest(PLACEHOLDER, agent=False), manifest(agent=False)]
WAYS = ["http", "socket", "http-no-agent", "socket-no-agent"]


def places(told: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in the manifest with its place; the entries of a list share theirs."""
    yield at, told
    if isinstance(told, dict):
        for name, part in told.items():
            yield from places(part, f"{at}.{name}".lstrip("."))
    for part in told if isinstance(told, list) and told and isinstance(told[0], dict) else ():
        yield from places(part, at)


@pytest.mark.parametrize("told", EVERY, ids=WAYS)
def test_slacks_limits_are_kept(told: dict[str, Any]) -> None:
    sized = [(at, len(part)) for at, part in places(told) if at in LENGTHS and not isinstance(part, dict)]

    assert [(at, size) for at, size in sized if not LENGTHS[at][0] <= size <= LENGTHS[at][1]] == []
    assert all(isinstance(part, bool | dict | list) or at in LENGTHS or at in SHORT for at, part in places(told))


@pytest.mark.parametrize("told", EVERY, ids=WAYS)
def test_nothing_stands_in_the_manifest_that_slack_does_not_know(told: dict[str, Any]) -> None:
    for at, part in places(told):
        if isinstance(part, dict):
            known, needed = SHAPES[at]
            assert needed <= part.keys() <= known, at
    assert {kind for at, kind in places(told) if at == "features.shortcuts.type"} <= {"message", "global"}
    assert re.fullmatch(r"#[0-9a-f]{6}", told["display_information"]["background_color"])
    assert all(one["command"].startswith("/") for one in told["features"]["slash_commands"])
    assert all(part.startswith("https://") for at, part in places(told) if at.endswith("url"))


@pytest.mark.parametrize("told", EVERY, ids=WAYS)
def test_scopes_and_events_are_named_once(told: dict[str, Any]) -> None:
    for names in (told["oauth_config"]["scopes"]["bot"], told["settings"]["event_subscriptions"]["bot_events"]):
        assert names == sorted(set(names))
        assert max(map(len, names)) <= 50


def test_the_agent_view_and_its_scope_come_and_go_together() -> None:
    with_it, without = manifest(PLACEHOLDER), manifest(PLACEHOLDER, agent=False)

    assert "assistant:write" in with_it["oauth_config"]["scopes"]["bot"]
    assert "assistant:write" not in without["oauth_config"]["scopes"]["bot"]
    assert "agent_view" not in without["features"]
    assert with_it["features"]["app_home"]["messages_tab_enabled"]  # never the only way in
    assert "app_home_opened" in EVENTS  # which tells that the direct messages were opened


def test_the_file_in_the_project_is_the_one_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack"]) == 0

    printed = capsys.readouterr().out
    assert printed == WRITTEN.read_text(encoding="utf-8")
    assert yaml.safe_load(printed) == manifest(PLACEHOLDER)


def test_for_many_workspaces_it_says_where_to_install_and_that_tokens_run_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack", "--oauth", "https://bot.example.org/"]) == 0

    told = yaml.safe_load(capsys.readouterr().out)
    assert told == manifest_for_many("https://bot.example.org")
    assert told["oauth_config"] == {
        "scopes": {"bot": sorted((*SCOPES, FOR_THE_AGENT))},
        "redirect_urls": ["https://bot.example.org/slack/oauth_redirect"],
    }
    assert told["settings"]["token_rotation_enabled"]
    assert told["settings"]["org_deploy_enabled"]
    assert told["settings"]["event_subscriptions"]["request_url"] == "https://bot.example.org/slack/events"
    assert set(told["settings"]["event_subscriptions"]["bot_events"]) == {*EVENTS, UNINSTALLED, REVOKED}
    assert "redirect_urls" not in manifest(PLACEHOLDER)["oauth_config"]


def test_an_address_that_slack_would_not_take_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack", "--oauth", "bot.example.org"]) == 1

    assert "https address" in capsys.readouterr().err


def test_the_agent_view_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack", "--socket", "--no-agent-view"]) == 0

    assert yaml.safe_load(capsys.readouterr().out) == manifest(agent=False)
