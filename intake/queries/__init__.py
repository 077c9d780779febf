"""Reads only: what pages and processes ask, each under a name."""
