"""Fault injection that proves that nothing is lost. See script/chaos and docs/chaos.md."""
