"""Recovery codes: ten codes that the person writes down, in case the phone is lost. Each works once."""

import hmac
import secrets

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake.crypto import keyring
from intake.models import Editor, RecoveryCode, record
from intake.receipts import ALPHABET, spelling

CODES = 10
# 60 random bits. Wrong codes are not counted: a thousand guesses a second for a year hit one of ten codes with a
# chance of 1 in 3.6 million. A limit would only let strangers lock people out.
CHARACTERS = 12
GROUP = 4


def make(session: Session, editor: Editor) -> list[str]:
    """Replace the codes of an account. Returns the new codes in groups. They are not stored and cannot be shown again."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS)) for _ in range(CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.editor_id == editor.id))
    session.add_all(RecoveryCode(editor_id=editor.id, hash=_hashed(code)) for code in codes)
    record(session, "codes.made", actor=editor, account=editor.id)
    return ["-".join(code[at : at + GROUP] for at in range(0, CHARACTERS, GROUP)) for code in codes]


def use(session: Session, editor_id: int, typed: str) -> bool:
    """Use up a code. Returns False if it is wrong or was used before."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.editor_id == editor_id,
            RecoveryCode.hash == _hashed(_canonical(typed)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=func.now())
        .returning(RecoveryCode.editor_id)
    )
    return used.first() is not None


def left(session: Session, editor_id: int) -> int:
    """Return the number of codes that still work."""
    unused = select(func.count()).where(RecoveryCode.editor_id == editor_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def is_shaped(typed: str) -> bool:
    """Return whether the text has the length of a recovery code, unlike the code of an app."""
    return len(_canonical(typed)) == CHARACTERS


def _canonical(typed: str) -> str:
    """Return the letters and digits of a typed code, read as generously as a receipt."""
    return "".join(spelling.groups(typed))


def _hashed(code: str) -> bytes:
    return hmac.digest(keyring().subkey("recovery code"), code.encode(), "sha256")
