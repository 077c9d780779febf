"""Forms of the settings, and of the setup assistant, which asks the first questions of a new installation."""
