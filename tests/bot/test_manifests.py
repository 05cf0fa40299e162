"""What is shipped beside the program knows the program: the container's verbs and settings, the dashboard's metrics."""

import json
import re
from pathlib import Path

import yaml
from prometheus_client import generate_latest

from bot.__main__ import VERBS
from bot.meters import Meters
from bot.settings import Settings

MANIFESTS = Path(__file__).parents[2] / "manifests"
NAME = re.compile(r"\b((?:hallpass|process)_[a-z_]+)")


def test_the_dashboard_shows_what_is_measured() -> None:
    panels = json.loads((MANIFESTS / "grafana" / "hallpass.json").read_text())["panels"]
    asked = {name for panel in panels for target in panel["targets"] for name in NAME.findall(target["expr"])}
    meters = Meters()
    meters.questions.labels("allowed", "slack").inc()
    told = generate_latest(meters.registry).decode()
    declared = set(re.findall(r"^# TYPE (\S+)", told, re.MULTILINE)) | set(re.findall(r"^(\w+)", told, re.MULTILINE))

    assert {name.removesuffix("_bucket") for name in asked} <= declared
    assert len(asked) > 8


def test_the_containers_run_verbs_that_are_there() -> None:
    services = yaml.safe_load((MANIFESTS / "container" / "compose.yaml").read_text())["services"]
    assert services["migrate"]["command"][0] in VERBS
    assert services["bot"]["deploy"]["replicas"] == 2
    image = (MANIFESTS / "container" / "Dockerfile").read_text()
    assert 'CMD ["serve"]' in image
    assert "serve" in VERBS


def test_the_image_holds_every_package() -> None:
    image = (MANIFESTS / "container" / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY (\w+) \w+$", image, re.MULTILINE))
    assert copied == {"bot", "adapters", "handlers", "storage", "policies"}


def test_every_setting_of_the_example_is_read() -> None:
    names = [line.partition("=")[0] for line in (MANIFESTS / "container" / "hallpass.env.example").read_text().splitlines() if "=" in line]
    empty = Settings.read({})
    assert names
    assert all(Settings.read({name: "something"}) != empty for name in names)


def test_the_world_reaches_only_what_platforms_call() -> None:
    said = (MANIFESTS / "container" / "Caddyfile").read_text()
    [paths] = re.findall(r"@open path (.*)", said)
    assert set(paths.split()) == {"/slack/events", "/slack/install", "/slack/oauth_redirect", "/api/messages"}
    assert "respond 404" in said
