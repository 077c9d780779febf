"""Shared parts of the JSON APIs: typed request bodies, responses, and the OpenAPI document built from them."""
