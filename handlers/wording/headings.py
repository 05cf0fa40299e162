"""The headings of a person's own page, and what is said where there is more than fits."""

WAITING = "Waiting for you"
REQUESTS = "Your requests"
LIVE = "Your live permissions and duties"
GRANTED = "Live permissions that you may revoke"

IN_MESSAGES = "your messages with Hallpass have every card."
HERE_LATER = "they come up here as these end."  # whoever holds a role since the decision was never sent a card
