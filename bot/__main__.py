"""The `hallpass` command: reads settings and arguments, runs one verb, turns every trouble into one sentence."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.metadata import version

from bot.lasting import lasting
from bot.settings import Settings
from bot.terminal import Misused, complain, speak_utf8
from handlers.trouble import Trouble

VERBS = (
    "answers",
    "ask",
    "backup",
    "calendar",
    "channels",
    "check",
    "letters",
    "manifest",
    "migrate",
    "outbox",
    "people",
    "policy",
    "records",
    "rehearse",
    "requests",
    "restore",
    "serve",
    "workspaces",
)
DESCRIPTION = "Answers what a district's policy on staff-student communication allows, and routes requests to those who decide."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return 0 when done, 1 when refused (with a sentence), 2 on wrong usage."""
    speak_utf8()
    given = list(sys.argv[1:] if argv is None else argv)
    args = _parser(given).parse_args(given)
    try:
        return int(args.run(args, Settings.read(os.environ)))
    except Misused as why:
        args.misused(str(why))  # prints the verb's usage, and leaves with 2
    except Trouble as why:
        complain(str(why))
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left: nothing to say, and nobody to say it to
    except KeyboardInterrupt:
        complain("Stopped.")
    except Exception as why:
        complain(f"Something broke on our side ({type(why).__name__}). Nothing was half done. Please report what you typed.")
        logging.getLogger(__name__).debug("the command broke", exc_info=why)
    return 1


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Declare all verbs, importing only the one that is called: `--version` must not wait for the database's driver."""
    parser = argparse.ArgumentParser("hallpass", description=DESCRIPTION, epilog='example: hallpass ask --district chsd-230 "Can I text?"')
    parser.add_argument("--version", action="version", version=f"hallpass {version('hallpass')}")
    verbs = parser.add_subparsers(required=True, metavar="VERB", dest="verb")
    named = next((word for word in given if word in VERBS), None)
    for verb in VERBS:
        if verb == named or (named is None and "--version" not in given):
            with lasting() if named == "serve" else nullcontext():
                importlib.import_module(f"bot.verbs.{verb}").add(verbs)
        else:
            verbs.add_parser(verb)
    return parser


if __name__ == "__main__":
    sys.exit(main())
