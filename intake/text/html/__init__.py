"""Cleaning of untrusted HTML: parse, read into blocks, write again, verify against the allow-list."""
