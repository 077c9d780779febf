"""Several editors in one text: merging their edits, and telling them of each other."""
