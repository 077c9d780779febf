"""What every test may ask for. See tests/servers.py, installation.py, cast.py, broker.py, object_storage.py and browser.py."""

pytest_plugins = [
    "tests.servers",
    "tests.object_storage",
    "tests.installation",
    "tests.cast",
    "tests.broker",
    "tests.browser",
    "tests.post_office",
]
