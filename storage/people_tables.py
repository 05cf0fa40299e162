"""What people of a district's directory are kept in: who they are, what they do where, and where they can be written to."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, UniqueConstraint, text

from storage.columns import Words
from storage.schema import partial, required, table

PRESENT = text("present")

# Somebody who left keeps the row, so that the register can name them for good, but no seat and no address.
people = table(
    "people",
    Column("id", Words, primary_key=True),
    *required(Words, "district", "email"),
    Column("name", Words, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("zone", Words),
    partial("uq_people_district_email", "district", "email", where=PRESENT, unique=True),
)

seats = table(
    "seats",
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Words, nullable=False),
    Column("school", Words, nullable=False),
    Column("supervisor", Words),
    Index(None, "role"),
)

addresses = table(
    "addresses",
    Column("person", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *required(Words, "district", "platform", "tenant", "user"),
    UniqueConstraint("district", "platform", "tenant", "user"),
    Index(None, "platform", "tenant", "user"),
)
