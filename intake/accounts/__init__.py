"""Accounts: invitations, sessions, API tokens and throttled log-in."""
