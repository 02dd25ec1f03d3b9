"""Running for years: reloads, backups, restores and votes."""
