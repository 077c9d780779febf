"""Backups: a snapshot of the database and every file that it needs, in one folder; and the way back."""
