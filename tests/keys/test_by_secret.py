import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import receipts
from intake.crypto import KeyFault, Keyring, new_key
from intake.keys import by_secret
from intake.keys.by_secret import LINK_WRAP, RECEIPT_WRAP
from intake.settings import Settings

ID = uuid.UUID(int=1)
RECEIPT = "0123456789ABCDEF"
RECEIPTS = st.text(receipts.ALPHABET, min_size=receipts.CHARACTERS, max_size=receipts.CHARACTERS)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=32, max_size=32), RECEIPTS, RECEIPTS)
def test_what_is_wrapped_opens_with_its_receipt_for_its_submission_alone(
    app_settings: Settings, key: bytes, receipt: str, other: str
) -> None:
    wrapped = RECEIPT_WRAP.wrap(key, receipt, ID)
    assert len(wrapped) == 60
    assert RECEIPT_WRAP.unwrap(wrapped, receipt, ID) == key
    with pytest.raises(KeyFault, match="This receipt does not open"):
        RECEIPT_WRAP.unwrap(wrapped, receipt, uuid.UUID(int=2))
    if other != receipt:
        with pytest.raises(KeyFault):
            RECEIPT_WRAP.unwrap(wrapped, other, ID)


@pytest.mark.parametrize("length", range(60))
def test_what_was_cut_does_not_open(app_settings: Settings, length: int) -> None:
    with pytest.raises(KeyFault):
        RECEIPT_WRAP.unwrap(RECEIPT_WRAP.wrap(new_key(), RECEIPT, ID)[:length], RECEIPT, ID)


def test_without_the_secret_a_receipt_opens_nothing(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped = RECEIPT_WRAP.wrap(new_key(), RECEIPT, ID)
    monkeypatch.setattr(by_secret, "keyring", lambda: Keyring(bytes(32)))
    with pytest.raises(KeyFault):
        RECEIPT_WRAP.unwrap(wrapped, RECEIPT, ID)


def test_a_link_opens_nothing_that_is_wrapped_under_a_receipt(app_settings: Settings) -> None:
    key = new_key()
    assert LINK_WRAP.unwrap(LINK_WRAP.wrap(key, RECEIPT, ID), RECEIPT, ID) == key
    with pytest.raises(KeyFault, match="This link does not open"):
        LINK_WRAP.unwrap(RECEIPT_WRAP.wrap(key, RECEIPT, ID), RECEIPT, ID)
