"""Alembic runs this; the connection and its transaction come from `migrate`."""

from alembic import context

from assistant.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
context.run_migrations()
