"""Alembic's entry: runs the revisions on the connection that `storage.migrate` hands over."""

from alembic import context

from hallway.storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
