"""How Alembic runs our steps: on the connection, and in the transaction, that storage/migrate.py hands over."""

from alembic import context

from storage.migrate import VERSIONS
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSIONS,
    transactional_ddl=True,  # Alembic doubts it of SQLite, where we begin the transaction ourselves
    render_as_batch=True,  # SQLite alters little in place
)
with context.begin_transaction():
    context.run_migrations()
