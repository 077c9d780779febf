"""Forms of the settings, and of the first questions."""
