"""The embedded servers, PostgreSQL and Valkey, and the user that PostgreSQL runs as."""
