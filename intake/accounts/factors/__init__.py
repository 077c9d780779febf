"""Second factors of accounts: authenticator apps, passkeys, recovery codes, and when one is required."""
