"""Settings are read once, and every fault of theirs is one sentence."""

import pytest

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
    assert served.slack.signing_secret == "s"
    assert served.slack.base_url == "http://127.0.0.1:1/api/"


def test_what_serve_needs_over_socket_mode() -> None:
    served = Settings.read(SLACK | {"SLACK_APP_TOKEN": "xapp-1"}).serves()

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
