"""Events as evidence: a chain of hashes over all events, its verification, and the roles of the database."""
