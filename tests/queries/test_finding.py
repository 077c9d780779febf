from intake.actions import accounts
from intake.db import transaction
from intake.demo.sending import receipt, send
from intake.queries.finding import by_address, by_receipt
from intake.settings import Settings
from tests.demo.conftest import piece


def test_a_submission_is_found_by_its_receipt_alone(app_settings: Settings) -> None:
    one = piece("one", "received")
    send(one, 1)
    with transaction() as session:
        assert by_receipt(session, receipt(one, 1)) is not None
        assert by_receipt(session, receipt(one, 2)) is None


def test_an_account_is_found_by_its_address(app_settings: Settings) -> None:
    with transaction() as session:
        asel = accounts.add(
            session, email="asel@example.org", name="Asel", roles=["editor"], password_hash=None
        )
        assert by_address(session, "asel@example.org") is asel
        assert by_address(session, "tomas@example.org") is None
