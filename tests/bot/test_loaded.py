"""What a start loads: nothing that this installation has no use for, for it would be held until the process ends."""

import subprocess
import sys

import pytest

from tests.served import ROOT

NEVER = "import {}; import sys; print([name for name in {!r} if name in sys.modules])"


@pytest.mark.parametrize(
    ("started", "without"),
    [
        (
            "bot.verbs.serve",
            (
                "alembic",
                "docx",
                "lxml",
                "pypdf",
                "icalendar",
                "botbuilder",
                "asyncpg",
                "sqlalchemy.orm",
                "jinja2",
                "sqlalchemy.dialects.postgresql",
                "numpy",
                "onnxruntime",
                "snowballstemmer",
                "snowballstemmer.finnish_stemmer",
                "handlers.policy.split",
            ),
        ),
        ("bot", ("sqlalchemy", "aiohttp", "numpy", "pydantic")),
    ],
)
def test_a_start_loads_nothing_for_others(started: str, without: tuple[str, ...]) -> None:
    code = NEVER.format(started, without)

    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)

    assert loaded.stdout.strip() == "[]"


def test_a_question_loads_nothing_that_only_drafts_need() -> None:
    code = f"from bot.wiring import warm; warm(); {NEVER.format('sys', ('numpy', 'onnxruntime'))}"

    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)

    assert loaded.stdout.strip() == "[]"
