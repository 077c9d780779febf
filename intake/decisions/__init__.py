"""Decisions: taken, settled, undone, in batches. Reasons and canned replies."""
