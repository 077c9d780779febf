"""Accounts, sessions and throttled log-in, as pages."""
