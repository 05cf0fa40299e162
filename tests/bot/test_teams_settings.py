"""The settings of Teams: what they make, and a sentence for every fault."""

import pytest

from adapters.teams.keys import Cloud, Keys
from bot.settings import BadSettings, Settings
from handlers.people import Platform

BASE = {"HALLPASS_DISTRICT": "chsd-230", "HALLPASS_SECRET_KEY": "k"}
TEAMS = BASE | {"TEAMS_APP_ID": "app", "TEAMS_APP_PASSWORD": "secret", "TEAMS_TENANT_ID": "Tenant"}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


def faults(env: dict[str, str]) -> list[str]:
    with pytest.raises(BadSettings) as why:
        Settings.read(env).serves()
    return str(why.value).splitlines()


def test_teams_alone_is_served() -> None:
    settings = Settings.read(TEAMS)

    served = settings.serves()

    assert served.slack is None
    assert served.teams == Keys("app", "secret", "SingleTenant", "Tenant", frozenset({"tenant"}))
    assert settings.platforms == (Platform.teams,)


def test_both_are_served() -> None:
    served = Settings.read(TEAMS | SLACK).serves()

    assert served.slack
    assert served.teams


def test_slack_alone_has_no_teams() -> None:
    assert Settings.read(BASE | SLACK).serves().teams is None


def test_the_secret_is_in_no_log() -> None:
    assert "secret" not in repr(Settings.read(TEAMS).serves())


def test_tenants_are_a_list_however_they_are_written() -> None:
    served = Settings.read(TEAMS | {"TEAMS_ALLOWED_TENANTS": " One, two ,,"}).serves()

    assert served.teams
    assert served.teams.allowed_tenants == {"one", "two"}


def test_a_bot_of_many_tenants_needs_those_that_may_talk_to_it() -> None:
    env = TEAMS | {"TEAMS_TENANT_ID": "", "TEAMS_ALLOWED_TENANTS": "one"}

    served = Settings.read(env).serves()

    assert served.teams
    assert served.teams.app_type == "MultiTenant"


def test_a_managed_identity_needs_no_password() -> None:
    served = Settings.read(TEAMS | {"TEAMS_APP_PASSWORD": "", "TEAMS_APP_TYPE": "userassignedmsi"}).serves()

    assert served.teams
    assert served.teams.app_type == "UserAssignedMSI"


def test_botbuilders_own_settings_are_passed_on() -> None:
    env = {
        "CHANNEL_SERVICE": "https://botframework.azure.us",
        "TO_CHANNEL_FROM_BOT_LOGIN_URL": "http://127.0.0.1:1/login",
        "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE": "scope",
        "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER": "issuer",
        "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": "https://keys.example/openid",
        "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL": "http://localhost:1/emulator",
    }

    served = Settings.read(TEAMS | env).serves()

    assert served.teams
    assert served.teams.cloud == Cloud(*env.values())


@pytest.mark.parametrize("said", ["1", "true", "Yes", "on"])
def test_without_tokens_on_this_machine(said: str) -> None:
    served = Settings.read(TEAMS | {"TEAMS_ANONYMOUS": said, "TEAMS_APP_PASSWORD": ""}).serves()

    assert served.teams
    assert served.teams.anonymous


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ({"TEAMS_APP_ID": ""}, "TEAMS_APP_ID is not set"),
        ({"TEAMS_APP_PASSWORD": " "}, "TEAMS_APP_PASSWORD is not set"),
        ({"TEAMS_APP_TYPE": "Tenant"}, "TEAMS_APP_TYPE is 'Tenant'"),
        (
            {"TEAMS_APP_TYPE": "SingleTenant", "TEAMS_TENANT_ID": "", "TEAMS_ALLOWED_TENANTS": "t"},
            "TEAMS_APP_TYPE is SingleTenant, but TEAMS_TENANT_ID",
        ),
        ({"TEAMS_TENANT_ID": ""}, "Neither TEAMS_TENANT_ID nor TEAMS_ALLOWED_TENANTS"),
        ({"TEAMS_ALLOWED_TENANTS": " , "}, "Neither TEAMS_TENANT_ID nor TEAMS_ALLOWED_TENANTS"),
        ({"CHANNEL_SERVICE": "https://botframework.azure.us/"}, "CHANNEL_SERVICE is"),
        ({"TO_CHANNEL_FROM_BOT_LOGIN_URL": "http://login.example/"}, "TO_CHANNEL_FROM_BOT_LOGIN_URL is"),
        ({"TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": "http://[::1"}, "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL is"),
        ({"TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL": "keys"}, "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL is"),
        ({"TEAMS_ANONYMOUS": "1", "HOST": "0.0.0.0"}, "TEAMS_ANONYMOUS is set, and HOST is '0.0.0.0'"),  # noqa: S104
        ({"TEAMS_ANONYMOUS": "maybe"}, "TEAMS_ANONYMOUS is 'maybe'"),
    ],
    ids=lambda one: "-".join(one) + "-" + "".join(one.values())[:12] if isinstance(one, dict) else "",
)
def test_every_fault_is_a_sentence(change: dict[str, str], begins: str) -> None:
    [fault] = faults(TEAMS | change)

    assert fault.startswith(begins)
    assert fault.endswith(".")


def test_all_faults_are_told_at_once() -> None:
    told = faults({"TEAMS_ANONYMOUS": "1", "HOST": "0.0.0.0"} | BASE)  # noqa: S104

    assert [one.split(" ")[0] for one in told] == ["No", "TEAMS_APP_ID", "Neither", "TEAMS_ANONYMOUS"]


def test_a_signing_secret_alone_is_no_slack() -> None:
    assert faults(TEAMS | {"SLACK_SIGNING_SECRET": "s"}) == ["SLACK_BOT_TOKEN is not set: set it to the bot token of the Slack app."]
