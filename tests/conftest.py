"""What every test may ask for. See tests/servers.py, installation.py and browser.py."""

pytest_plugins = ["tests.servers", "tests.installation", "tests.browser"]
