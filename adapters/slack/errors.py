"""What Slack's errors mean: which pass, which lock us out, and what the others stand in the way of. Not here: calling Slack.

Source: the tables of errors of chat.postMessage, chat.update, chat.postEphemeral, conversations.open and views.publish, docs.slack.dev.
"""

from collections.abc import Mapping

from handlers.obstacles import Obstacle

PASSING = frozenset(
    {
        "external_channel_migrating",
        "fatal_error",
        "internal_error",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "streaming_state_conflict",
        "update_failed",
    }
)

# Nothing reaches anybody until somebody mends it, or Slack's own move is over: cards wait so long, and are not given up.
LOCKED_OUT = frozenset(
    {
        "accesslimited",
        "account_inactive",
        "enterprise_is_restricted",
        "invalid_auth",
        "message_limit_exceeded",
        "messages_tab_disabled",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)

# Trying again cannot help. What is not named here is refused as well: our message was wrong, and only a person can say why.
OBSTACLES: Mapping[str, Obstacle] = {
    "user_disabled": Obstacle.deactivated,
    **dict.fromkeys(
        ("cannot_dm_bot", "invalid_user_combination", "no_user", "user_not_found", "user_not_visible", "users_not_found"), Obstacle.unknown
    ),
    **dict.fromkeys(("channel_not_found", "channel_type_not_supported", "is_archived", "is_inactive"), Obstacle.closed),
    **dict.fromkeys(("no_permission", "not_in_channel", "user_not_in_channel"), Obstacle.uninvited),
    **dict.fromkeys(
        (
            "access_denied",
            "cannot_reply_to_message",
            "cant_post_message",
            "ekm_access_denied",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
        ),
        Obstacle.forbidden,
    ),
    **dict.fromkeys(("block_mismatch", "cant_update_message", "edit_window_closed", "message_not_found"), Obstacle.vanished),
}
