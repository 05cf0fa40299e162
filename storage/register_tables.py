"""The table of the register, beside the others (tables.py). What changes here needs a migration too."""

from sqlalchemy import Column, ForeignKey, Integer

from storage.columns import Instant, Words
from storage.schema import required, table

# The register: what an approval opened, one entry a request; `edition` counts its changes.
channels = table(
    "channels",
    Column("id", Words, primary_key=True),
    Column("district", Words, nullable=False, index=True),
    Column("request", ForeignKey("requests.id"), nullable=False, unique=True),
    *required(Words, "owner", "platform", "purpose", "address", "administrators"),
    Column("opened_at", Instant, nullable=False),
    *required(Words, "state", "why"),
    *(Column(name, Instant) for name in ("since", "confirmed_at", "asked_at", "checked_at")),
    Column("checked_by", Words),
    Column("note", Words, nullable=False),
    Column("edition", Integer, nullable=False),
)
