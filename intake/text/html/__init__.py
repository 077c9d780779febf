"""Cleaning of HTML that a stranger sent: parse, read into blocks, write anew, prove against the allow-list."""
