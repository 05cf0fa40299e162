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
