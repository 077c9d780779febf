"""Pages of contributors, and streaming of their uploads."""
