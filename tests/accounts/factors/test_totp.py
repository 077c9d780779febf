import time

import pyotp
import pytest
from sqlalchemy import select, text

from intake.accounts.factors import totp
from intake.accounts.factors.totp import CODES, TooManyCodes
from intake.crypto import KeyFault
from intake.db import transaction
from intake.models import Editor, TotpSecret
from tests.accounts.factors_of import App, set_up_app
from tests.together import at_once


@pytest.fixture
def app_of_asel(editor: Editor) -> App:
    """Authenticator app of the editor."""
    return set_up_app(editor.id)


def accept(editor_id: int, code: str) -> bool:
    with transaction() as session:
        return totp.accept(session, editor_id, code)


def test_47_codes_of_another_library_are_accepted(app_of_asel: App, editor: Editor) -> None:
    code = app_of_asel.code()
    assert accept(editor.id, f" {code[:3]} {code[3:]} ")


def test_47_a_used_code_is_not_accepted_twice(app_of_asel: App, editor: Editor) -> None:
    code = app_of_asel.code()
    assert accept(editor.id, code)
    assert not accept(editor.id, code)


def test_47_the_code_of_the_set_up_is_used_up(app_of_asel: App, editor: Editor) -> None:
    assert not accept(editor.id, app_of_asel.shown())


def test_47_of_simultaneous_requests_with_one_code_one_is_accepted(app_of_asel: App, editor: Editor) -> None:
    code = app_of_asel.code()

    def once() -> bool:
        return accept(editor.id, code)

    assert at_once(*[once] * 6).count(True) == 1


@pytest.mark.parametrize("steps", [-3, 3])
def test_47_codes_of_other_times_are_refused(app_of_asel: App, editor: Editor, steps: int) -> None:
    app_of_asel.code()
    assert not accept(editor.id, pyotp.TOTP(app_of_asel.secret).at(int(time.time()) + 30 * steps))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 5000, "\0"])
def test_what_is_no_code_is_refused(app_of_asel: App, editor: Editor, typed: str) -> None:
    assert not totp.is_shaped(typed)
    assert not accept(editor.id, typed)


def test_47_five_codes_in_a_quarter_of_an_hour(app_of_asel: App, editor: Editor) -> None:
    for _ in range(CODES):
        with transaction() as session:
            totp.count_code(session, editor.id)
    with pytest.raises(TooManyCodes), transaction() as session:
        totp.count_code(session, editor.id)
    assert CODES == 5


def test_a_right_code_clears_the_count(app_of_asel: App, editor: Editor) -> None:
    for _ in range(CODES):
        with transaction() as session:
            totp.count_code(session, editor.id)
    assert accept(editor.id, app_of_asel.code())
    with transaction() as session:
        totp.count_code(session, editor.id)


def test_47_the_secret_is_encrypted_for_its_account(
    app_of_asel: App, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        row = session.execute(text("SELECT t::text, encode(sealed, 'escape') FROM totp_secrets t")).one()
        assert app_of_asel.secret not in str(row)
        sealed = session.scalars(select(TotpSecret.sealed)).one()
        session.add(TotpSecret(editor_id=other_editor.id, sealed=sealed, counter=0))
    with pytest.raises(KeyFault):
        accept(other_editor.id, app_of_asel.code())


def test_the_uri_is_what_apps_read() -> None:
    secret = totp.new_secret()
    link = totp.uri(secret, account="asel@transom.example", issuer="The Transom: news")
    read = pyotp.parse_uri(link)
    assert (read.secret, read.name, read.issuer) == (secret, "asel@transom.example", "The Transom  news")
    assert len(secret) == 32, "160 bits, as RFC 4226 recommends"
    assert totp.grouped(secret).replace(" ", "") == secret
    assert len(totp.grouped(secret).split()) == 8


def test_without_an_app_no_code_is_right(editor: Editor) -> None:
    assert not accept(editor.id, "123456")
