"""Fixtures for all tests. See the plugins below."""

pytest_plugins = [
    "tests.gate",
    "tests.servers",
    "tests.object_storage",
    "tests.installation",
    "tests.cast",
    "tests.broker",
    "tests.browser",
    "tests.post_office",
]
