"""The steps by which the database's tables come to be as they are now; Alembic takes them in order."""
