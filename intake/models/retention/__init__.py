"""Tables of the retention: legal holds, periods in force, and counts of deletions."""
