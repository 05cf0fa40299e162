"""`hallpass manifest`: what a platform has to be told about this app before it can be installed."""

import argparse
from typing import Any

import yaml

from adapters.slack.manifest import PLACEHOLDER, manifest
from bot.settings import Settings
from bot.terminal import say

EXAMPLE = "example: hallpass manifest slack --socket > manifest.yaml"


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb and its arguments."""
    parser = verbs.add_parser("manifest", help="what to give a platform to install the app", description=__doc__, epilog=EXAMPLE)
    parser.add_argument("platform", choices=("slack",), help="which platform")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--socket", action="store_true", help="for Socket Mode: no public address is needed")
    way.add_argument(
        "--url", default=PLACEHOLDER, help="where Slack reaches `hallpass serve`, such as https://bot.example.org/slack/events"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Print it as YAML, which Slack takes under "From a manifest"."""
    say(yaml.safe_dump(manifest("" if args.socket else args.url), sort_keys=False, allow_unicode=True, width=120).rstrip())
    return 0
