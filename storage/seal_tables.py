"""What proves the record and what seals people's words: beside the others (tables.py), and with migrations as they."""

from sqlalchemy import BigInteger, Column, UniqueConstraint

from storage.columns import Instant, Words
from storage.schema import Number, required, table

# Where a district's chain ends; `seal` is made of the rest of the row. `found` rows were there before the chain began.
chains = table(
    "chains",
    Column("district", Words, primary_key=True),
    Column("number", BigInteger, nullable=False),
    *required(Words, "mac", "key", "seal"),
    Column("at", Instant, nullable=False),
    Column("found", BigInteger, nullable=False),
    Column("found_at", Instant),
)

# One for each row of the record, made of it and of the one before. Triggers refuse to change or delete it.
links = table(
    "links",
    Column("record", Number, primary_key=True, autoincrement=False),
    Column("district", Words, nullable=False),
    Column("number", BigInteger, nullable=False),
    *required(Words, "key", "mac"),
    UniqueConstraint("district", "number"),
)

# The data key of what was typed about a request (or, of what belongs to no request, in a district), wrapped under a key of the
# installation; an erased one is gone for good.
request_keys = table(
    "request_keys",
    Column("about", Words, primary_key=True),
    *required(Words, "wrapped"),
    Column("key", Words, nullable=False, index=True),
    Column("erased_at", Instant),
)
