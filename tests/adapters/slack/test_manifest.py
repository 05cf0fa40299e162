"""What Slack is told fits what is listened for, and what Slack takes."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from adapters.slack.listen import Listener
from adapters.slack.manifest import EVENTS, PLACEHOLDER, manifest
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


def test_slacks_limits_are_kept() -> None:
    told = manifest(PLACEHOLDER)
    about = told["display_information"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in told["features"]["shortcuts"])


def test_the_file_in_the_project_is_the_one_that_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "slack"]) == 0

    printed = capsys.readouterr().out
    assert printed == WRITTEN.read_text(encoding="utf-8")
    assert yaml.safe_load(printed) == manifest(PLACEHOLDER)
