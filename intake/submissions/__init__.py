"""Actions of a contributor: submit, answer, receipt page, withdraw. Also screening results and purge."""
