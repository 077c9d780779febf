"""The magazine's own texts on the contributor's pages, in each of their languages."""
