"""Languages of the pages, and their catalogues of translated messages."""
