"""Settings of the login by an OpenID provider."""

from dataclasses import dataclass

from intake.settings.field import setting
from intake.settings.key_values import KeySettings


@dataclass(frozen=True)
class ProviderSettings(KeySettings):
    """Settings of the OpenID provider with which people may log in, in addition to those of `KeySettings`."""

    oidc_issuer: str = setting(
        "TRANSOM_OIDC_ISSUER",
        "",
        "Issuer of the OpenID provider by which people of the desk may log in, such as `https://login.example.org`: see"
        " [OpenID Connect](ops/openid-connect.md). Empty: there is none. Without https only on this machine, for trials.",
        form=r"https://[^\s/?#@]+(/[^\s?#]*)?|http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(/[^\s?#]*)?",
        wanted="an address such as https://login.example.org, without ? and #,",
    )
    oidc_client_id: str = setting(
        "TRANSOM_OIDC_CLIENT_ID", "", "Name of this Transom at the OpenID provider (client id)."
    )
    oidc_client_secret: str = setting(
        "TRANSOM_OIDC_CLIENT_SECRET",
        "",
        "Secret of this Transom at the OpenID provider. Empty: the provider wants none.",
        secret=True,
    )
    oidc_name: str = setting(
        "TRANSOM_OIDC_NAME",
        "single sign-on",
        "Name of the OpenID provider on pages, as in “Log in with …”.",
        form=r"\S(.{0,38}\S)?",
        wanted="a name of at most 40 characters",
    )
    oidc_second_factor: str = setting(
        "TRANSOM_OIDC_SECOND_FACTOR",
        "ask",
        "`ask`: after a login by the OpenID provider, Transom asks for its own second factor. `trust`: not if the provider says that it"
        " asked for several factors.",
        form="ask|trust",
        wanted="ask or trust",
    )
