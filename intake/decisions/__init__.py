"""Take, settle and undo decisions, one by one or in batches. Also reasons and saved replies."""
