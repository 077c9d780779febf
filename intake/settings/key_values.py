"""Settings of the key files."""

from dataclasses import dataclass

from intake.settings.field import setting
from intake.settings.values import SettingValues


@dataclass(frozen=True)
class KeySettings(SettingValues):
    """Settings of the key files, in addition to those of `SettingValues`."""

    master_key_file: str = setting(
        "TRANSOM_MASTER_KEY_FILE",
        "",
        "File with the 32-byte application secret, which opens no submission: see [keys](ops/keys.md). Empty: `keys/master.key` in the"
        " data folder, created at the first start.",
    )
    public_key_file: str = setting(
        "TRANSOM_PUBLIC_KEY_FILE",
        "",
        "File with the public key of the installation. Empty: `keys/installation.pub` in the data folder, created at the first start.",
    )
    private_key_file: str = setting(
        "TRANSOM_PRIVATE_KEY_FILE",
        "",
        "File with the private keys of the installation, which open every submission. Empty: `keys/installation.key` in the data"
        " folder, created at the first start. A web server with `TRANSOM_WEB_SIDE=public` never reads it.",
    )
    public_secrets_file: str = setting(
        "TRANSOM_PUBLIC_SECRETS_FILE",
        "",
        "File with those parts of the application secret that a web server with `TRANSOM_WEB_SIDE=public` needs. Empty:"
        " `keys/public.secrets` in the data folder, written by `transom migrate`.",
    )
