"""Shared parts of the JSON APIs: typed bodies, answers, and the description made of them."""
