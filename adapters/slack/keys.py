"""What lets us into a Slack workspace. Apart from the app, so that reading settings loads none of Slack's kit."""

from dataclasses import dataclass

SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Keys:
    """A workspace's tokens; `app_token` means Socket Mode, without it requests are signed with the secret."""

    bot_token: str
    signing_secret: str = ""
    app_token: str = ""
    base_url: str = SLACK
