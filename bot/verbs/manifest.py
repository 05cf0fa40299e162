"""`hallpass manifest`: what a platform has to be told about this app before it can be installed."""

import argparse
from typing import Any

import yaml

from adapters.slack.manifest import PLACEHOLDER, manifest, manifest_for_many
from bot import many
from bot.settings import Settings
from bot.terminal import say
from bot.verbs import manifest_teams

EXAMPLE = "example: hallpass manifest slack --socket > manifest.yaml"
SLACK = 'Print what Slack takes under "From a manifest".'


def add(verbs: Any) -> None:  # noqa: ANN401  # argparse keeps this type to itself
    """Declare the verb, its platforms and their arguments."""
    both = verbs.add_parser("manifest", help="what to give a platform to install the app", description=__doc__, epilog=EXAMPLE)
    inner = both.add_subparsers(required=True, metavar="PLATFORM")
    parser = inner.add_parser("slack", help="print the app manifest, as YAML", description=SLACK, epilog=EXAMPLE)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--socket", action="store_true", help="for Socket Mode: no public address is needed")
    way.add_argument(
        "--url", default=PLACEHOLDER, help="where Slack reaches `hallpass serve`, such as https://bot.example.org/slack/events"
    )
    way.add_argument(
        "--oauth", metavar="URL", help="for many workspaces: the public address, as HALLPASS_URL; adds where people install the app"
    )
    parser.add_argument(
        "--no-agent-view", action="store_true", help="leave out Slack's agent view, should your plan refuse it: all else works without"
    )
    parser.set_defaults(run=run)
    manifest_teams.add(inner)


def run(args: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001  # every verb has this signature
    """Print it as YAML, which Slack takes under "From a manifest"."""
    agent = not args.no_agent_view
    if args.oauth is not None:
        told = manifest_for_many(many.address(args.oauth), agent=agent)
    else:
        told = manifest("" if args.socket else args.url, agent=agent)
    say(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120).rstrip())
    return 0
