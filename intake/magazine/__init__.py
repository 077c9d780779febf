"""The magazine's own texts on the contributor's pages, and the settings that its admins choose."""
