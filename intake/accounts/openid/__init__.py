"""Login by an OpenID provider: its requests, its ID tokens, and the links of accounts to it."""
