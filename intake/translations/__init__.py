"""Languages of the contributor's pages, and their catalogues of translated messages."""
