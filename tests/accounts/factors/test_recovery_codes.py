import re

import pytest
from sqlalchemy import text

from intake.accounts.factors import changes, recovery_codes
from intake.db import transaction
from intake.models import Editor
from tests.accounts.factors_of import notices, set_up_app
from tests.together import at_once


@pytest.fixture
def codes(editor: Editor) -> list[str]:
    """Recovery codes of the editor."""
    return set_up_app(editor.id).recovery_codes


def use(editor_id: int, typed: str) -> bool:
    with transaction() as session:
        return changes.use_code(session, editor_id, typed)


def left(editor_id: int) -> int:
    with transaction() as session:
        return recovery_codes.left(session, editor_id)


def test_47_ten_codes_of_sixty_bits(codes: list[str], editor: Editor) -> None:
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code) for code in codes)
    assert left(editor.id) == 10


def test_47_each_code_works_once(codes: list[str], editor: Editor) -> None:
    assert use(editor.id, codes[0])
    assert not use(editor.id, codes[0])
    assert left(editor.id) == 9
    assert use(editor.id, codes[1])
    assert notices(editor.id).count("code_used") == 2


def test_47_of_simultaneous_requests_with_one_code_one_is_accepted(codes: list[str], editor: Editor) -> None:
    def once() -> bool:
        return use(editor.id, codes[0])

    assert at_once(*[once] * 6).count(True) == 1


def test_codes_are_read_generously(codes: list[str], editor: Editor) -> None:
    assert use(editor.id, f" {codes[0].lower().replace('-', ' ')} ")
    assert use(editor.id, codes[1].replace("-", "").replace("0", "O").replace("1", "l"))


def test_a_code_is_for_its_account_alone(codes: list[str], other_editor: Editor) -> None:
    assert not use(other_editor.id, codes[0])


@pytest.mark.parametrize("typed", ["", "0000-0000-0000", "x" * 5000, "\0", "123456"])
def test_what_is_no_code_is_refused(codes: list[str], editor: Editor, typed: str) -> None:
    assert not use(editor.id, typed)
    assert left(editor.id) == 10


def test_47_new_codes_replace_the_old_ones(codes: list[str], editor: Editor) -> None:
    use(editor.id, codes[0])
    with transaction() as session:
        new = changes.make_codes(session, session.get_one(Editor, editor.id))
    assert left(editor.id) == 10
    assert not use(editor.id, codes[1])
    assert use(editor.id, new[0])
    assert "codes_made" in notices(editor.id)


def test_47_codes_are_stored_as_hashes(codes: list[str]) -> None:
    with transaction() as session:
        rows = str(session.execute(text("SELECT encode(hash, 'escape') FROM recovery_codes")).all())
    assert not any(code in rows or code.replace("-", "") in rows for code in codes)


def test_codes_of_an_app_and_recovery_codes_are_told_apart(codes: list[str]) -> None:
    assert recovery_codes.is_shaped(codes[0])
    assert not recovery_codes.is_shaped("123456")
