"""Which cloud it is, in constants: no test here can speak to a government."""

import pytest

from adapters.teams.clouds import configuration, whole
from adapters.teams.hosts import Hosts
from adapters.teams.keys import GOVERNMENT, MULTI_TENANT, SINGLE_TENANT, Cloud, Keys


def test_the_public_cloud_is_botbuilders_own() -> None:
    assert whole(Cloud()) == Cloud(
        "",
        "https://login.microsoftonline.com/",
        "https://api.botframework.com",
        "https://api.botframework.com",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
    )


def test_the_government_has_a_cloud_of_its_own() -> None:
    cloud = whole(Cloud(GOVERNMENT))

    assert cloud.login_url == "https://login.microsoftonline.us/"
    assert cloud.oauth_scope == cloud.token_issuer == "https://api.botframework.us"
    assert cloud.metadata_url == "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"


def test_what_is_said_is_passed_on_unchanged() -> None:
    cloud = Cloud(GOVERNMENT, "a", "b", "c", "d", "e")

    config = configuration(Keys("app", "secret", SINGLE_TENANT, "tenant"), whole(cloud))

    assert vars(config) == {
        "APP_ID": "app",
        "APP_PASSWORD": "secret",
        "APP_TYPE": "SingleTenant",
        "APP_TENANTID": "tenant",
        "CHANNEL_SERVICE": GOVERNMENT,
        "TO_CHANNEL_FROM_BOT_LOGIN_URL": "a",
        "TO_CHANNEL_FROM_BOT_OAUTH_SCOPE": "b",
        "TO_BOT_FROM_CHANNEL_TOKEN_ISSUER": "c",
        "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL": "d",
        "TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL": "e",
    }


def test_a_bot_of_many_tenants_asks_nobodys_own_for_its_token() -> None:
    assert configuration(Keys("app", "secret", MULTI_TENANT, "tenant"), whole(Cloud())).APP_TENANTID is None


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/amer/",
        "https://smba.infra.gcc.teams.microsoft.com/gcc",
        "https://smba.infra.gov.teams.microsoft.us/gcch",
    ],
)
def test_microsofts_own_addresses_need_nobody_to_vouch_for_them(url: str) -> None:
    assert Hosts(here=False).good(url)


def test_this_machine_is_written_to_on_a_bench_only() -> None:
    assert not Hosts(here=False).good("http://127.0.0.1:3978/")
    assert Hosts(here=True).good("http://127.0.0.1:3978/")


def test_an_address_that_came_under_a_good_signature_is_good() -> None:
    hosts = Hosts(here=False)
    hosts.vouch("https://new.teams.example/")

    assert hosts.good("https://new.teams.example/")
    assert not hosts.good("https://new.teams.example/elsewhere")
    assert not hosts.good("https://newer.teams.example/")
