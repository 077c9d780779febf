"""Commands of a contributor. They speak to a server over HTTP, as browsers do, and need no settings."""
