"""File names of people, old phones and attackers. They cause no error and are not stored."""

import logging
from pathlib import Path

import psycopg
import pytest

from intake.settings import Settings
from tests.web.bodies import File
from tests.web.conftest import JPEG, quarantine
from tests.web.people import Contributor

# Part of every hostile name. The tests search the whole database and all files for it.
MARK = "HOSTILEname"
NAMES: dict[str, str | bytes] = {
    "parent": f"../../{MARK}.jpg",
    "windows parent": f"..\\..\\{MARK}.jpg",
    "absolute": f"/etc/{MARK}",
    "nul": f"{MARK}\0.jpg",
    "long": MARK + "x" * 5000,
    "reversed": f"{MARK}\u202egpj.exe",
    "device": f"CON.{MARK}",
    "newline": f"{MARK}%0a%0dSet-Cookie: a=b",
    "quote": f'{MARK}\\"; filename=\\"x.jpg',
    "cyrillic": f"{MARK} фото.jpg",
    "cp1251": f"{MARK} фото.jpg".encode("cp1251"),
    "template": f"{MARK}{{{{7*7}}}}<script>.jpg",
    "spaces": f"  {MARK}  ",
    "dots": f"...{MARK}...",
}


def everything(settings: Settings) -> str:
    """Return every row of every table as text."""
    with psycopg.connect(settings.database_url) as connection:
        tables = connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        rows = [
            connection.execute(f"SELECT row_to_json(t)::text FROM {table} t".encode()).fetchall()
            for (table,) in tables
        ]
    return "\n".join(str(row) for row in rows)


@pytest.mark.parametrize("url", ["/submissions", "/api/v1/submissions"])
def test_hostile_names_of_files_are_forgotten_at_once(
    contributor: Contributor,
    app_settings: Settings,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    url: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    photos = [File(f"photo-{i}", JPEG, name) for i, name in enumerate(NAMES.values(), start=1)]
    answer = contributor.send(*photos) if url == "/submissions" else contributor.call(*photos)
    assert answer.status_code in {200, 201}, answer.text
    assert len(quarantine(app_settings)) == len(NAMES)
    assert MARK not in answer.text
    assert MARK not in str(answer.headers)
    assert MARK not in caplog.text
    assert MARK not in everything(app_settings)
    for path in tmp_path.rglob("*"):
        assert MARK not in path.name
        assert not path.is_file() or MARK.encode() not in path.read_bytes()


def test_a_hostile_name_on_a_file_that_is_no_photo(contributor: Contributor) -> None:
    for kind, name in NAMES.items():
        answer = contributor.send(File("photo-1", b"no photo", name))
        assert answer.status_code == 200, kind
        assert "We do not recognise this file as a photo" in answer.text
        assert MARK not in answer.text


def test_hostile_names_of_fields(contributor: Contributor, app_settings: Settings) -> None:
    """Test that a file in an unknown field is stored as a photo, so that nothing is lost silently."""
    fields = ["photo-" + "9" * 5000, "photo-١", "photo-", "photo[]", "title", "token", "\u202e"]
    for number, field in enumerate(fields, start=1):
        assert contributor.send(File(field, JPEG)).status_code == 200, field
        assert len(quarantine(app_settings)) == number
