import pytest

from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("totp_secrets", "pk_totp_secrets", second=True),
    Violation("passkeys", "ck_passkeys_name", {"name": " "}),
    Violation("passkeys", "uq_passkeys_credential", second=True),
    Violation("recovery_codes", "ck_recovery_codes_hash", {"hash": b"JCEX-DTVZ-G7TL"}),
    Violation("recovery_codes", "pk_recovery_codes", second=True),
    Violation("openid_links", "ck_openid_links_issuer", {"issuer": " "}),
    Violation("openid_links", "ck_openid_links_subject_hash", {"subject_hash": b"asel"}),
    Violation("openid_links", "pk_openid_links", {"subject_hash": bytes([1]) * 32}, second=True),
    Violation("account_resets", "ck_account_resets_kind", {"kind": "name"}),
    Violation("account_resets", "ck_account_resets_second_admin", {"agreed_by": 1}),
    Violation(
        "account_resets",
        "ck_account_resets_one_end",
        {"done_at": "2026-11-23T12:00:00+00:00", "called_off_at": "2026-11-23T12:00:00+00:00"},
    ),
    Violation("account_resets", "uq_account_resets_open", {"token": "other"}, second=True),
    Violation("account_resets", "uq_account_resets_token", {"kind": "password"}, second=True),
    Violation("login_links", "uq_login_links_token", second=True),
    Violation("account_notices", "ck_account_notices_kind", {"kind": "rumour"}),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)
