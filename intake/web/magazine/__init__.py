"""Public pages that belong to contributors and desk alike: the magazine's logo."""
