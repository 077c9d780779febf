"""Backup and restore: a snapshot of the database and the files it needs, in one folder."""
