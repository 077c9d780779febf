"""Login, sessions, first account and invitations."""
