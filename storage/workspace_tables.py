"""The table of workspaces, beside the others (tables.py). What changes here needs a migration too."""

from sqlalchemy import Column, Index, Table

from storage.columns import Instant, Words
from storage.tables import metadata

# A tenant of a chat platform that installed the app, or stands beneath one that did; `sealed` is empty where the app is not (any more).
workspaces = Table(
    "workspaces",
    metadata,
    *(Column(name, Words, primary_key=True) for name in ("platform", "tenant")),
    *(Column(name, Words, nullable=False) for name in ("name", "above")),
    Column("district", Words),
    Column("sealed", Words, nullable=False),
    Column("installed_at", Instant),
    Column("removed_at", Instant),
    Index(None, "platform", "above"),
)
