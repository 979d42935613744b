"""Run by Alembic with a connection whose transaction is already open."""

from alembic import context

from api.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
