"""Run by Alembic: takes the steps over the connection that bot.operations.database has opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
