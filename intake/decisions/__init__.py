"""Decisions: take, settle and undo them, in batches too, with reasons and saved replies."""
