"""Supervision of child processes: start, restart, stop, and clean-up after a crash."""
