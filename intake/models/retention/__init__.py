"""Tables for retention: legal holds, periods in force, counts of deletions, backups and sealed originals."""
