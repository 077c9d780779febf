"""Pages of the login by an OpenID provider."""
