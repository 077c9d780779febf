"""Proof under fire that nothing is lost: see script/chaos and docs/chaos.md."""
