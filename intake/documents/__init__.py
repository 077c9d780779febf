"""Documents as the text of a submission: read in memory into HTML for the text cleaner, and pictures."""
