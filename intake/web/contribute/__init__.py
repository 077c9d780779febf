"""A contributor's pages and the streaming upload."""
