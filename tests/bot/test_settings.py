"""Settings are read once, and every fault of theirs is one sentence."""

import pytest

from bot.many import hide
from bot.settings import BadSettings, Settings


def test_without_any_setting_the_defaults_hold() -> None:
    settings = Settings.read({})

    assert settings == Settings("sqlite:///hallpass.db", "127.0.0.1", "3000", None)
    assert settings.listens() == ("127.0.0.1", 3000)


def test_blanks_count_as_not_set() -> None:
    settings = Settings.read({"PORT": " ", "HALLPASS_DISTRICT": "", "DATABASE_URL": " ", "HOST": ""})

    assert settings == Settings()


def test_what_is_set_is_taken() -> None:
    settings = Settings.read({"PORT": "8443", "HALLPASS_DISTRICT": "maple-grove", "DATABASE_URL": "sqlite:///x.db", "HOST": "::1"})

    assert settings == Settings("sqlite:///x.db", "::1", "8443", "maple-grove")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣٠٠٠", "9" * 5000])
def test_a_port_that_is_none_is_refused_with_what_to_do(port: str) -> None:
    settings = Settings.read({"PORT": port})

    with pytest.raises(BadSettings, match="set it to a number from 1 to 65535"):
        settings.listens()


def test_every_fault_of_where_it_listens_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as why:
        Settings.read({"HOST": "http://here/", "PORT": "0"}).listens()

    assert [sentence.split(" ")[0] for sentence in str(why.value).splitlines()] == ["HOST", "PORT"]


SLACK = {"HALLPASS_DISTRICT": "chsd-230", "HALLPASS_SECRET_KEY": "one, two", "SLACK_BOT_TOKEN": "xoxb-1"}


def test_what_serve_needs_over_http() -> None:
    served = Settings.read(SLACK | {"SLACK_SIGNING_SECRET": "s", "SLACK_API_BASE_URL": "http://127.0.0.1:1/api"}).serves()

    assert (served.host, served.port, served.district) == ("127.0.0.1", 3000, "chsd-230")
    assert served.slack
    assert served.slack.signing_secret == "s"
    assert served.slack.base_url == "http://127.0.0.1:1/api/"


def test_what_serve_needs_over_socket_mode() -> None:
    served = Settings.read(SLACK | {"SLACK_APP_TOKEN": "xapp-1"}).serves()

    assert served.slack
    assert served.slack.app_token == "xapp-1"
    assert served.slack.base_url == "https://slack.com/api/"


def test_everything_that_serve_misses_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as why:
        Settings.read({"PORT": "0"}).serves()

    begins = [sentence.split(" ")[0] for sentence in str(why.value).splitlines()]
    assert begins == ["PORT", "HALLPASS_DISTRICT", "HALLPASS_SECRET_KEY", "No"]


def test_a_bot_token_alone_does_not_let_slack_in() -> None:
    with pytest.raises(BadSettings, match="neither SLACK_SIGNING_SECRET"):
        Settings.read(SLACK).serves()


def test_a_platform_is_set_up_as_soon_as_anything_of_it_is() -> None:
    assert not Settings.read({}).has_platform
    assert Settings.read({"SLACK_SIGNING_SECRET": "s"}).has_platform


MANY = {
    "HALLPASS_DISTRICT": "chsd-230",
    "HALLPASS_SECRET_KEY": "one",
    "SLACK_CLIENT_ID": "1.1",
    "SLACK_CLIENT_SECRET": "secret",
    "SLACK_SIGNING_SECRET": "s",
    "HALLPASS_URL": "https://bot.example.org/",
}


def test_what_serve_needs_for_many_workspaces() -> None:
    served = Settings.read(MANY).serves()

    assert served.slack is not None
    assert served.slack.many
    assert (served.slack.client_id, served.slack.public_url, served.secret_keys) == ("1.1", "https://bot.example.org", ("one",))
    one = Settings.read(SLACK | {"SLACK_SIGNING_SECRET": "s", "HALLPASS_URL": "https://bot.example.org"}).serves().slack
    assert one is not None
    assert not one.many


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together"),
        ({"SLACK_CLIENT_ID": ""}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "leave the one or the other out"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "over which nobody can install"),
        ({"SLACK_SIGNING_SECRET": ""}, "but not SLACK_SIGNING_SECRET"),
        ({"SLACK_TECH_CHANNEL": "C1"}, "is a channel of one workspace"),
        ({"HALLPASS_URL": ""}, "HALLPASS_URL is not set"),
        ({"HALLPASS_URL": "http://bot.example.org"}, "HALLPASS_URL is 'http://bot.example.org'"),
        ({"HALLPASS_URL": "https://bot.example.org?a=b"}, "HALLPASS_URL is"),
        ({"HALLPASS_URL": "https://[bot"}, "HALLPASS_URL is"),
    ],
    ids=["no-secret", "no-id", "bot-token", "socket", "unsigned", "channel", "no-url", "plain-http", "with-query", "broken-url"],
)
def test_each_fault_of_many_workspaces_is_one_sentence(changed: dict[str, str], fault: str) -> None:
    with pytest.raises(BadSettings) as why:
        Settings.read(MANY | changed).serves()

    assert fault in str(why.value)
    assert len(str(why.value).splitlines()) == 1


def test_this_machine_may_try_it_without_https() -> None:
    slack = Settings.read(MANY | {"HALLPASS_URL": "http://127.0.0.1:3000"}).serves().slack

    assert slack is not None
    assert slack.public_url == "http://127.0.0.1:3000"


def test_slacks_kit_sees_no_client_id() -> None:
    env = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "PORT": "3"}

    hide(env)

    assert env == {"PORT": "3"}


def test_tokens_that_were_swapped_are_told_apart() -> None:
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped"):
        Settings.read(SLACK | {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}).serves()
