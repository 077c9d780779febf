"""Search terms, stored as keyed hashes of words, so that the search index reveals no words."""
