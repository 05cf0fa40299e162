"""`hallpass workspaces` and what `hallpass check` says of workspaces: whose they are, and where nothing can be sent."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from handlers.kept import Workspace
from handlers.people import Address, DistrictKey, Platform
from handlers.ports import Work
from storage.vault import FernetVault
from storage.work import open_store
from tests.samples import DANA, NOON

DISTRICT = "chsd-230"
SEALED = FernetVault(["key"]).seal("a token")
T1 = Workspace(Platform.slack, "T1", "Maple Grove", sealed=SEALED, installed_at=NOON)
T2 = replace(T1, tenant="T2", name="Oak Hollow")


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of its own, with everything set that many workspaces need."""
    found = f"sqlite:///{tmp_path / 'workspaces.db'}"
    settings = {
        "DATABASE_URL": found,
        "HALLPASS_DISTRICT": DISTRICT,
        "HALLPASS_SECRET_KEY": "key",
        "HALLPASS_URL": "https://bot.example.org",
        "SLACK_CLIENT_ID": "1.1",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_SIGNING_SECRET": "signing",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return found


def install(work: Work, one: Workspace) -> None:
    work.workspaces.install(one)
    if one.district:
        work.workspaces.map(one.platform, one.tenant, one.district)
    if one.removed_at:
        work.workspaces.remove(one.platform, one.tenant, one.removed_at)


def kept(url: str, *workspaces: Workspace, at: str = "", district: str = DISTRICT) -> None:
    """These have installed the app; Dana has an account in the workspace `at`."""

    def keep(work: Work) -> None:
        for one in workspaces:
            install(work, one)
        if at:
            dana = replace(DANA, district=DistrictKey(district), addresses=(Address(Platform.slack, at, "U1"),))
            work.directory.replace(dana.district, [dana])

    async def keeping() -> None:
        store = await open_store(url, lambda: NOON)
        await store.write(keep)
        await store.close()

    asyncio.run(keeping())


def checked(capsys: pytest.CaptureFixture[str]) -> str:
    main(["check"])
    return "\n".join(line for line in capsys.readouterr().err.splitlines() if "workspace" in line)


def test_every_workspace_is_listed_with_what_became_of_it(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1, replace(T2, removed_at=NOON), Workspace(Platform.slack, "E1", "District", sealed=SEALED, installed_at=NOON))

    assert main(["workspaces", "list"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told if line.strip()][-3:] == ["E1", "T1", "T2"]
    assert "removed" in told[-1]

    assert main(["workspaces", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(one["tenant"], one["installed"]) for one in listed] == [("E1", True), ("T1", True), ("T2", False)]
    assert SEALED not in str(listed)


def test_mapping_says_whose_people_are_there(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1)

    assert main(["workspaces", "map", "T1", DISTRICT]) == 0
    assert f"The people of T1 are those of {DISTRICT}." in capsys.readouterr().out
    main(["workspaces", "list", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["district"] == DISTRICT


@pytest.mark.parametrize(
    ("words", "fault"),
    [(["T9", DISTRICT], "No workspace T9 has installed Hallpass"), (["T1", "nowhere"], "There is no policy pack 'nowhere'")],
    ids=["unknown-workspace", "unknown-district"],
)
def test_what_is_not_there_is_not_mapped(url: str, words: list[str], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1)

    assert main(["workspaces", "map", *words]) == 1
    assert fault in capsys.readouterr().err


def test_check_is_content_with_one_workspace_that_nobody_mapped(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1, at="T1")

    assert checked(capsys) == ""


def test_check_wants_the_app_installed_somewhere(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, at="T1")

    assert checked(capsys) == "No Slack workspace has installed Hallpass: open https://bot.example.org/slack/install in each of them."


def test_check_tells_where_people_are_to_whom_nothing_can_be_sent(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1, replace(T2, removed_at=NOON), at="T2")

    assert f"workspace T2 has removed Hallpass on {NOON:%Y-%m-%d}, and no card reaches 1 account there" in checked(capsys)


def test_check_tells_of_people_in_a_workspace_that_never_installed_it(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1, at="T9")

    assert "The Slack workspace T9 has not installed Hallpass, and no card reaches 1 account" in checked(capsys)


def test_check_tells_which_of_several_workspaces_is_nobodys(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, replace(T1, district=DistrictKey(DISTRICT)), T2)

    told = checked(capsys)
    assert "T2 (Oak Hollow) is no district's: until `hallpass workspaces map T2 KEY`" in told
    assert "T1 (Maple Grove) is no district's" not in told


def test_check_tells_which_token_no_key_opens(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    kept(url, T1)
    monkeypatch.setenv("HALLPASS_SECRET_KEY", "another")

    assert "The token of workspace T2" not in (told := checked(capsys))
    assert "T1 (Maple Grove) was sealed under a key that is not in HALLPASS_SECRET_KEY" in told


def test_check_looks_at_every_district_that_has_people(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept(url, T1, at="T1", district="carthage-r9")

    main(["check"])

    told = capsys.readouterr().err
    assert f"{DISTRICT}: nobody is in the directory" in told
    assert "carthage-r9: the district's text is not attached" in told
    assert "dudley-charlton" not in told
