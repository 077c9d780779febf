"""Fixtures of the tests of the login by a provider."""

from collections.abc import Callable, Iterator

import pytest

from intake.accounts.openid import links
from intake.accounts.openid import provider as providers
from intake.accounts.openid.id_token import ProvedIdentity
from intake.db import transaction
from intake.models import Editor
from intake.web import Transom
from tests.openid_provider import CLIENT, SECRET, SUBJECT, OpenIDProvider
from tests.web.conftest import add_account
from tests.web.people import Newsroom

NAME = "Example House"


@pytest.fixture
def provider() -> Iterator[OpenIDProvider]:
    """OpenID provider that runs on this machine."""
    providers.forget()
    made = OpenIDProvider()
    yield made
    made.close()


@pytest.fixture
def desk(made: Callable[..., Transom], provider: OpenIDProvider) -> Transom:
    """Application whose settings name the provider."""
    return made(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_name=NAME)


@pytest.fixture
def asel(desk: Transom, provider: OpenIDProvider) -> int:
    """Id of an account that is linked to SUBJECT."""
    return linked(desk, provider, "asel")


@pytest.fixture
def browser(desk: Transom) -> Newsroom:
    """Browser of somebody who is not logged in."""
    return Newsroom(desk.test_client())


def linked(app: Transom, provider: OpenIDProvider, name: str, subject: str = SUBJECT) -> int:
    """Create an account that is linked to a subject. Returns its id."""
    editor_id = add_account(app, name, "editor")
    with transaction() as session:
        identity = ProvedIdentity(provider.issuer, subject, None, False)
        links.link(session, session.get_one(Editor, editor_id), identity)
    return editor_id


def leave(browser: Newsroom, next_address: str = "") -> str:
    """Begin a login. Returns the address at the provider."""
    answer = browser.get("/login/openid", query_string={"next": next_address} if next_address else None)
    assert answer.status_code == 303, answer.text
    assert answer.location
    return str(answer.location)
