import html
import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest

from intake.storage import files
from tests.web.bodies import File
from tests.web.conftest import JPEG, events, newest
from tests.web.people import Newsroom

MINE = {"title": "My own title", "body": "<p>My own paragraph.</p>"}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2."""
    return submitted(File("photo-1", JPEG), contact="signal +7")


def address(editor: Newsroom, url: str) -> str:
    """Return the address of the photo on the submission's page."""
    return next(part for part in editor.get(url).text.split('"') if part.endswith("/web"))


def test_a_photo_in_three_sizes(editor: Newsroom, url: str) -> None:
    web = address(editor, url)
    for size in ("full", "web", "thumb"):
        assert editor.get(web.replace("/web", f"/{size}")).data == JPEG


def test_a_photo_whose_file_is_gone(editor: Newsroom, url: str) -> None:
    web = address(editor, url)
    files().delete_all("clean", str(newest().id))
    assert editor.get(web).status_code == 404


def download(editor: Newsroom, url: str) -> zipfile.ZipFile:
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    answer = editor.get(f"{url}/export.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


@pytest.fixture
def hostile(submitted: Callable[..., str]) -> tuple[str, str]:
    """Submission whose title has the syntax of a path, a formula, a template and a script."""
    title = '=cmd|"/c calc"!A1 ../../etc/passwd <script>alert(1)</script> {{7*7}} # *x* \\ [a](b)'
    return (
        submitted(
            File("photo-1", JPEG),
            File("photo-2", b"no"),
            title=title,
            **{"caption-1": "=1+1", "credit-1": "../x"},
        ),
        title,
    )


def test_a_download_holds_the_submission(editor: Newsroom, hostile: tuple[str, str]) -> None:
    url, title = hostile
    with download(editor, url) as archive:
        assert archive.testzip() is None
        *names, for_wordpress, featured = archive.namelist()
        assert names == [
            "README.txt", "index.html", "wordpress.txt", "submission.md", "submission.json", "photos/01.jpg", "photos/01-1600.jpg",
            "photos/01-320.jpg",
        ]  # fmt: skip
        assert re.fullmatch(r"wordpress/01-[0-9a-f]{8}\.jpg", for_wordpress)
        assert featured == "featured.jpg"
        assert archive.read("photos/01.jpg") == JPEG
        page = archive.read("index.html").decode()
        facts = json.loads(archive.read("submission.json"))
        markdown = archive.read("submission.md").decode()
    assert html.escape(title, quote=False) in page.replace("&#34;", '"')
    assert "<script>" not in page
    assert '<p dir="auto">They came at night.</p>' in page
    assert facts["title"] == title
    assert facts["photos"] == [
        {
            "file": "photos/01.jpg", "file_1600": "photos/01-1600.jpg", "file_320": "photos/01-320.jpg", "caption": "=1+1",
            "credit": "../x", "alt": None, "width": 4, "height": 3,
        }
    ]  # fmt: skip
    assert "They came at night." in markdown


def test_captions_are_in_the_photos_only_if_the_box_was_ticked(
    editor: Newsroom, hostile: tuple[str, str]
) -> None:
    with download(editor, hostile[0]) as archive:
        assert b"=1+1" not in archive.read("photos/01.jpg")
    assert "Write captions and credits into the photos" in editor.get(hostile[0]).text
    answer = editor.get(f"{hostile[0]}/export.zip?embedded=y")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert b'<rdf:li xml:lang="x-default">=1+1</rdf:li>' in archive.read("photos/01.jpg")


def test_a_download_says_nothing_of_when_and_where(editor: Newsroom, hostile: tuple[str, str]) -> None:
    with download(editor, hostile[0]) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.comment == b""
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"signal" not in everything
    assert b"Asel" not in everything


def test_the_edited_text_is_what_is_downloaded(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/revisions", version="2", **MINE)
    editor.post(f"{url}/decisions", verdict="accept", version="3")
    with zipfile.ZipFile(io.BytesIO(editor.get(f"{url}/export.zip").data)) as archive:
        assert "My own paragraph." in archive.read("index.html").decode()
        assert json.loads(archive.read("submission.json"))["revision"] == 2


@pytest.mark.parametrize("verdict", ["", "reject"])
def test_only_what_was_accepted_is_downloaded(editor: Newsroom, url: str, verdict: str) -> None:
    if verdict:
        editor.post(f"{url}/decisions", verdict=verdict, version="2", reason="No.")
    before = events()
    answer = editor.get(f"{url}/export.zip")
    assert answer.status_code == 409
    assert "Only accepted submissions can be downloaded." in answer.text
    assert events() == before
