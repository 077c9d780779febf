"""Commands for backups: make and restore one, and look after those that were made."""
