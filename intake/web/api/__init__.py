"""Shared parts of the JSON APIs: typed request bodies and responses, and their OpenAPI document."""
