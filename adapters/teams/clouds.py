"""Which of Microsoft's clouds the bot lives in, and its registration in the words of botbuilder. Not here: settings."""

from types import SimpleNamespace

from botframework.connector.auth import AuthenticationConstants, GovernmentConstants

from adapters.teams.keys import GOVERNMENT, MULTI_TENANT, Cloud, Keys


def whole(cloud: Cloud) -> Cloud:
    """Return the cloud with nothing empty: given a part of it, botbuilder would take the rest for nothing."""
    own = GovernmentConstants if cloud.channel_service == GOVERNMENT else AuthenticationConstants
    return Cloud(
        cloud.channel_service,
        cloud.login_url or own.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX,
        cloud.oauth_scope or own.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
        cloud.token_issuer or own.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER,
        cloud.metadata_url or own.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL,
        cloud.emulator_metadata_url or own.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL,
    )


def configuration(keys: Keys, cloud: Cloud) -> SimpleNamespace:
    """Return what botbuilder reads its settings from: attributes of these names."""
    return SimpleNamespace(
        APP_ID=keys.app_id,
        APP_PASSWORD=keys.password,
        APP_TYPE=keys.app_type,
        APP_TENANTID=None if keys.app_type == MULTI_TENANT else keys.tenant,
        CHANNEL_SERVICE=cloud.channel_service,
        TO_CHANNEL_FROM_BOT_LOGIN_URL=cloud.login_url,
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=cloud.oauth_scope,
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=cloud.token_issuer,
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=cloud.metadata_url,
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=cloud.emulator_metadata_url,
    )
