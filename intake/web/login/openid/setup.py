"""OpenID provider of the settings, and the callback URL to which it sends browsers back."""

from flask import url_for

from intake.accounts.openid.provider import Provider
from intake.errors import NotFound
from intake.web.current import config


def provider() -> Provider:
    """Return the provider. Raises NotFound if the settings name none."""
    found = Provider.of(config())
    if found is None:
        raise NotFound
    return found


def callback() -> str:
    """Return the callback URL. It is on the host of the desk, which may differ from the contributors' host."""
    return config().desk_base_url + url_for("accounts.openid_callback")
