"""Search terms as they are stored: keyed hashes of words, so that the database holds no word for its search."""
