"""What Teams is told fits what is understood and what Teams takes; the package holds it and two pictures of the right size."""

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import icons
from adapters.teams.activity import Heard, Invoked, Kind, Sender, read
from adapters.teams.dialogs import wanted
from adapters.teams.manifest import COMMANDS, NOBODY, OURS, Publisher, manifest, numbers, package, written
from adapters.teams.people import TeamsPeople
from adapters.teams.refs import TeamsRef
from adapters.teams.turns import DELEGATE, HELP, LISTS, REQUEST, Turns
from bot.__main__ import main
from handlers.cards import Say, Whisper
from handlers.desk import Desk
from handlers.people import Address, Platform
from handlers.policy.facts import Facts
from handlers.policy.understand.reading import Reading
from handlers.ports import Work
from storage.packs import DiskPacks
from storage.work import open_store
from tests.adapters.teams.microsoft import APP, TENANT, Microsoft
from tests.samples import EVERYBODY, MAPLE_GROVE, NOON

ROOT = Path(__file__).parents[3]
WRITTEN = ROOT / "manifests" / "teams"
PUBLISHER = Publisher("Maple Grove Schools", "https://schools.example.org")
DANA = Sender(TENANT, "0da0a000-0000-4000-8000-000000000001", "29:dana")

# What Teams takes in version 1.19, by the place in the manifest: the longest text, or the most entries.
LENGTHS = {
    "developer.name": 32,
    "developer.websiteUrl": 2048,
    "developer.privacyUrl": 2048,
    "developer.termsOfUseUrl": 2048,
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
    "icons.color": 2048,
    "icons.outline": 2048,
    "bots": 1,
    "bots.scopes": 3,
    "bots.commandLists": 3,
    "bots.commandLists.scopes": 3,
    "bots.commandLists.commands": 10,
    "bots.commandLists.commands.title": 32,
    "bots.commandLists.commands.description": 128,
    "composeExtensions": 1,
    "composeExtensions.commands": 10,
    "composeExtensions.commands.id": 64,
    "composeExtensions.commands.context": 3,
    "composeExtensions.commands.title": 32,
    "composeExtensions.commands.description": 128,
    "validDomains": 16,
    "version": 256,
}
# Texts of which it says not how long, but what they are.
FIXED = {"$schema", "manifestVersion", "id", "accentColor", "bots.botId", "composeExtensions.botId", "composeExtensions.commands.type"}
# The only names that may stand at each place, and those that must.
SHAPES = {
    "": (
        {"$schema", "bots", "composeExtensions", "validDomains"},
        {"manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor"},
    ),
    "developer": ({"mpnId"}, {"name", "websiteUrl", "privacyUrl", "termsOfUseUrl"}),
    "name": (set(), {"short", "full"}),
    "description": (set(), {"short", "full"}),
    "icons": (set(), {"color", "outline"}),
    "bots": ({"isNotificationOnly", "supportsFiles", "commandLists"}, {"botId", "scopes"}),
    "bots.commandLists": (set(), {"scopes", "commands"}),
    "bots.commandLists.commands": (set(), {"title", "description"}),
    "composeExtensions": ({"canUpdateConfiguration"}, {"botId", "commands"}),
    "composeExtensions.commands": ({"type", "context", "description", "fetchTask"}, {"id", "title"}),
}


def told(host: str = "bot.example.org") -> dict[str, Any]:
    return manifest(APP, "0.1.0", PUBLISHER, host)


def places(part: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Everything in the manifest with its place; the entries of a list share theirs."""
    yield at, part
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from places(inner, f"{at}.{name}".lstrip("."))
    for inner in part if isinstance(part, list) and part and isinstance(part[0], dict) else ():
        yield from places(inner, at)


@pytest.mark.parametrize("host", ["", "bot.example.org"])
def test_teams_limits_are_kept(host: str) -> None:
    sized = [(at, len(part)) for at, part in places(told(host)) if at in LENGTHS and not isinstance(part, dict)]

    assert [(at, size) for at, size in sized if size > LENGTHS[at]] == []
    assert all(isinstance(part, bool | dict | list) or at in LENGTHS or at in FIXED for at, part in places(told(host)))


def test_nothing_stands_in_the_manifest_that_teams_does_not_know() -> None:
    for at, part in places(told()):
        if isinstance(part, dict):
            may, must = SHAPES[at]
            assert must <= part.keys() <= may | must, at
    assert all(part.startswith("https://") for at, part in places(told()) if at.endswith("Url"))


def test_the_bot_is_asked_alone_in_groups_and_in_teams() -> None:
    (bot,) = told()["bots"]

    assert set(bot["scopes"]) == {"personal", "team", "groupChat"}
    assert [set(commands["scopes"]) for commands in bot["commandLists"]] == [{"personal", "team", "groupChat"}]
    assert not bot["supportsFiles"]
    assert told()["id"] == bot["botId"] == told()["composeExtensions"][0]["botId"] == APP


def test_only_an_address_that_is_known_is_said() -> None:
    assert told()["validDomains"] == ["bot.example.org"]
    assert told("")["validDomains"] == []


@pytest.fixture
async def turns(tmp_path: Path) -> AsyncIterator[Turns]:
    """Everything real, but for what words mean: it understands none."""
    store = await open_store(f"sqlite:///{tmp_path}/teams.db", lambda: NOON)
    desk = Desk(
        store, DiskPacks(ROOT / "tests" / "packs"), lambda _: Reading(Facts(), understood=False), lambda: NOON, lambda: "0001", lambda: None
    )

    def seat(work: Work) -> None:
        work.directory.replace(MAPLE_GROVE, EVERYBODY)
        work.directory.bind(EVERYBODY[0], Address(Platform.teams, DANA.tenant, DANA.aad))

    async def no_email(*_: object) -> None:
        pytest.fail("Dana is known")

    await store.write(seat)
    yield Turns(desk, TeamsPeople(store, MAPLE_GROVE, no_email, lambda: NOON))
    await store.close()


def typed(words: str) -> Heard:
    return Heard(TeamsRef(TENANT, "https://smba.trafficmanager.net", "a:chat", "", f"28:{APP}"), Kind.personal, DANA, "a-1", words)


@pytest.mark.parametrize("word", COMMANDS)
async def test_every_command_of_the_menu_is_understood(turns: Turns, word: str) -> None:
    heard = typed(word)

    if not turns.begins(heard):
        (reply,) = await turns.heard(heard)
        assert isinstance(reply, Whisper) or (isinstance(reply, Say) and reply.key == "help:a-1")  # a list, even empty, is for her alone


async def test_another_word_is_a_question(turns: Turns) -> None:
    heard = typed("wibble")
    (reply,) = await turns.heard(heard)

    assert not turns.begins(heard)
    assert isinstance(reply, Say)
    assert reply.key.startswith("answer:")


def test_whatever_is_understood_stands_in_the_menu() -> None:
    assert set(COMMANDS) == {REQUEST, DELEGATE, *LISTS, *HELP} - {""}


def test_the_message_action_asks_for_a_dialog_that_we_open() -> None:
    (action,) = told()["composeExtensions"][0]["commands"]
    teams = Microsoft("https://smba.trafficmanager.net")

    assert (action["title"], action["type"], action["context"], action["fetchTask"]) == (
        "Ask the policy about this",
        "action",
        ["message"],
        True,
    )
    value = {"commandId": action["id"], "commandContext": "message", "messagePayload": {"body": {"content": "<p>May I text?</p>"}}}
    invoked = read(teams.activity(type="invoke", name="composeExtension/fetchTask", value=value))
    assert isinstance(invoked, Invoked)
    assert (asked := wanted(invoked)) is not None
    assert asked.words == "May I text?"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("0.1.0", "0.1.0"), ("1.2", "1.2.0"), ("2.0.0rc1", "2.0.0"), ("1.4.2.dev3+gabc", "1.4.2"), ("unknown", "0.0.0"), ("01.02.3", "1.2.3")],
)
def test_the_version_is_three_numbers(ours: str, theirs: str) -> None:
    assert numbers(ours) == theirs


def test_the_package_is_three_files_in_no_folder_and_the_same_each_time() -> None:
    packed = package(told())

    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        assert tuple(opened.namelist()) == OURS == ("manifest.json", *told()["icons"].values())
        assert json.loads(opened.read("manifest.json")) == told()
        assert opened.read("color.png") == icons.color()
        assert opened.read("outline.png") == icons.outline()
    assert packed == package(told())


def pixels(png: bytes) -> tuple[tuple[int, int], list[bytes]]:
    """Read a picture as we write it: eight bits of red, green, blue and opacity, no line filtered."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks[kind] = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + chunks[kind])
        at += size + 12
    wide, high, *how = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert how == [8, 6, 0, 0, 0]
    raw = zlib.decompress(chunks[b"IDAT"])
    lines = [raw[line * (4 * wide + 1) :][: 4 * wide + 1] for line in range(high)]
    assert {line[0] for line in lines} == {0}
    return (wide, high), [line[1:][at : at + 4] for line in lines for at in range(0, 4 * wide, 4)]


def test_the_color_icon_is_192_pixels_wide_and_has_no_hole() -> None:
    size, dots = pixels(icons.color())

    assert size == (192, 192)
    assert {dot[3] for dot in dots} == {255}
    assert dots[0] == dots[-1] == bytes.fromhex(icons.ACCENT[1:]) + b"\xff"


def test_the_outline_icon_is_32_pixels_wide_and_white_on_nothing() -> None:
    size, dots = pixels(icons.outline())

    assert size == (32, 32)
    assert {dot[:3] for dot in dots} == {b"\xff\xff\xff"}
    assert {0, 255} <= {dot[3] for dot in dots}
    assert dots[0][3] == dots[-1][3] == 0


def test_the_files_in_the_project_are_those_that_are_packed() -> None:
    """After a new version: `hallpass manifest teams --app-id 00000000-0000-0000-0000-000000000000`, and unpack it there."""
    assert (WRITTEN / "manifest.json").read_text(encoding="utf-8") == written(manifest(NOBODY, version("hallpass"), Publisher()))
    assert pixels((WRITTEN / "color.png").read_bytes()) == pixels(icons.color())  # another zlib packs the same dots otherwise
    assert pixels((WRITTEN / "outline.png").read_bytes()) == pixels(icons.outline())


@pytest.mark.usefixtures("no_database")
class TestTheCommand:
    """`hallpass manifest teams`, in an empty folder."""

    def test_it_writes_the_package_for_the_bot_of_the_settings(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("TEAMS_APP_ID", APP.upper())
        monkeypatch.setenv("HALLPASS_URL", "https://bot.example.org/")

        assert main(["manifest", "teams", "--publisher", PUBLISHER.name, "--site", PUBLISHER.site]) == 0

        assert Path("hallpass-teams.zip").read_bytes() == package(manifest(APP, version("hallpass"), PUBLISHER, "bot.example.org"))
        assert "hallpass-teams.zip" in (said := capsys.readouterr().out)
        assert "made-up" not in said

    def test_what_is_given_goes_before_what_is_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TEAMS_APP_ID", NOBODY)
        monkeypatch.setenv("HALLPASS_URL", "https://other.example.org")

        assert main(["manifest", "teams", "one.zip", "--app-id", APP, "--url", "https://bot.example.org"]) == 0

        assert Path("one.zip").read_bytes() == package(manifest(APP, version("hallpass"), Publisher(), "bot.example.org"))

    def test_a_made_up_publisher_is_said(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["manifest", "teams", "--app-id", APP]) == 0

        assert "--publisher and --site" in capsys.readouterr().out

    def test_the_package_is_the_same_in_a_government_cloud(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert main(["manifest", "teams", "public.zip", "--app-id", APP]) == 0
        monkeypatch.setenv("CHANNEL_SERVICE", "https://botframework.azure.us")
        assert main(["manifest", "teams", "government.zip", "--app-id", APP]) == 0

        assert Path("government.zip").read_bytes() == Path("public.zip").read_bytes()

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ([], "TEAMS_APP_ID"),
            (["--app-id", "hallpass"], "no Microsoft App ID"),
            (["--app-id", APP + "0"], "no Microsoft App ID"),
            (["--app-id", APP, "--url", "http://bot.example.org"], "--url"),
            (["--app-id", APP, "--url", "https://localhost"], "--url"),
            (["--app-id", APP, "--url", "https://bot.example.org:99999"], "--url"),
            (["--app-id", APP, "--site", "schools.example.org"], "--site"),
            (["--app-id", APP, "--site", "https://schools.example.org/" + "a" * 2048], "--site"),
            (["--app-id", APP, "--publisher", "  "], "0 characters"),
            (["--app-id", APP, "--publisher", "Maple Grove Consolidated School District"], "1 to 32"),
            (["--app-id", APP, "package.json"], "does not end with .zip"),
            (["--app-id", APP, "nowhere/package.zip"], "cannot be written"),
        ],
    )
    def test_what_teams_would_not_take_is_refused_with_a_sentence(
        self, words: list[str], why: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["manifest", "teams", *words]) == 1

        said = capsys.readouterr().err
        assert why in said
        assert len(said.splitlines()) == 1
        assert list(Path().iterdir()) == []


def test_writing_a_package_loads_none_of_microsofts_kit(tmp_path: Path) -> None:
    wrote = f"main(['manifest', 'teams', '--app-id', {APP!r}])"
    code = f"import sys; from bot.__main__ import main; {wrote}; print('botbuilder.core' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True)

    assert done.stdout.splitlines()[-1] == b"False"
