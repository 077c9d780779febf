"""Name of the installation, written into its backups, so that it recognises them as its own."""

from intake.crypto import KeyFault, Keyring
from intake.settings import Settings

ID_CHARACTERS = 16


def name_of(settings: Settings) -> str:
    """Return the name, which is derived from the application secret and stays the same after a restore.

    Returns "" if the secret cannot be read. Then a backup can be made, but none is recognised. No key file is made here.
    """
    try:
        return name_from(settings.master_key_path.read_bytes())
    except (OSError, KeyFault):
        return ""


def name_from(secret: bytes) -> str:
    """Return the name for an application secret. Raises KeyFault if it has the wrong size."""
    return Keyring(secret).subkey("backup installation").hex()[:ID_CHARACTERS]
