"""A draft is written as a pack's folder, in files that a person can read and edit. Not here: drafting, and reading packs."""

from pathlib import Path
from typing import Any

import yaml

from handlers.policy.pack import Pack
from handlers.policy.read import PROCESSES, RULES, SETTINGS
from handlers.trouble import Trouble

WIDE = 130  # characters a line
TOP = """\
# An unreviewed draft: a program wrote these rules from the text, and nobody has checked them. Answers from it are careful, and say so.
# Review: read each rule beside its clause (`hallpass policy show {key}`), correct `kind`, `when`, `says` and `sure`, take out what is
# none, then take out the line `draft: true`. `sure: false` keeps a rule from deciding. The text itself is never stored here.
"""
FORMS = "# Forms that the draft found: one for each who may approve. Check fields, stages and who is told.\n"
OURS = """\
# The district's own choices, never the policy's: wherever one is used it is called a district setting.

ask = "{ask}"  # whom to ask where the draft is not sure
fallback = "{fallback}"
"""


class Unwritable(Trouble):
    """The folder of packs cannot be written to."""


def write(folder: Path, pack: Pack) -> None:
    """Write the pack's files under `folder/<key>/`, in place of a draft's that are there. Raises Unwritable."""
    told = pack.model_dump(mode="json", exclude_defaults=True)
    rules, forms = {name: told[name] for name in told if name not in {"key", "processes", "settings"}}, told.get("processes")
    files = {
        PROCESSES: FORMS + _yaml(forms) if forms else "",
        SETTINGS: OURS.format(ask=pack.settings.ask, fallback=pack.settings.fallback),
        RULES: TOP.format(key=pack.key) + _yaml(rules),  # last: a folder without it is no pack
    }
    here = folder / pack.key
    try:
        here.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            _put(here / name, text)
    except OSError as why:
        raise Unwritable(f"{here} cannot be written ({why.strerror or why}): check that you may write there.") from None


def _put(file: Path, text: str) -> None:
    if not text:
        file.unlink(missing_ok=True)
        return
    fresh = file.with_suffix(f"{file.suffix}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def _yaml(told: Any) -> str:  # noqa: ANN401  # whatever a pack's model dumps
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=WIDE, default_flow_style=None)
