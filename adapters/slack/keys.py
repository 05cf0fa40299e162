"""What lets us into Slack. Apart from the app, so that reading settings loads none of Slack's kit."""

from dataclasses import dataclass, field

SLACK = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Keys:
    """One workspace's tokens, or the app's id for many; `app_token` means Socket Mode, without it requests are signed with the secret."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    base_url: str = SLACK
    client_id: str = ""  # with it, any workspace may install the app, and each has a token of its own
    client_secret: str = field(default="", repr=False)
    public_url: str = ""  # where people and Slack reach us, without a slash at the end

    @property
    def many(self) -> bool:
        """Whether many workspaces are served."""
        return bool(self.client_id)
