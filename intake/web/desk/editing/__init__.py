"""Simultaneous edits of one text by several editors: merge the edits, and show editors who else is editing."""
