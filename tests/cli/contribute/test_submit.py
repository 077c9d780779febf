import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Response

from intake import receipts
from intake.cli.contribute.submit import KEPT
from intake.db import transaction
from intake.demo.pictures import draw
from intake.models import Submission
from intake.models.lookup import by_receipt
from intake.photos.refusal import why_and_what_to_do
from intake.settings import Settings
from intake.web import create_app
from tests.cli.commands import sentence, transom
from tests.cli.conftest import Reset
from tests.cli.serving import served
from tests.stored import paths
from tests.working import work_off


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("Қаракөлді ауылында.\n\nЕкінші абзац.", "utf-8")
    return path


def found(code: str) -> Submission:
    canonical = receipts.canonical(code)
    assert canonical is not None
    with transaction() as session:
        submission = by_receipt(session, canonical)
        assert submission is not None
        _ = submission.photos, submission.revisions
        return submission


def test_a_text_with_photos_arrives_and_the_receipt_alone_is_printed(
    url: str, story: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "at-home.jpg"
    photo.write_bytes(draw("notice", "one", (43.2, 76.9)))
    words = ("--title", "Айыппұл", "--body-file", str(story), "--language", "kk", "--photo", str(photo))
    result = transom("submit", "--url", url, *words, "--photo", str(photo))
    assert (result.exit_code, result.stderr) == (0, "Your submission has arrived.\n")
    submission = found(result.stdout.strip())
    assert (submission.language, len(submission.photos)) == ("kk", 2)
    work_off()
    submission = found(result.stdout.strip())
    assert submission.status == "in_review"
    assert submission.revisions[1].html == "<p>Қаракөлді ауылында.</p><p>Екінші абзац.</p>"


def test_html_is_taken_as_html(url: str, story: Path) -> None:
    story.write_text("<h2>A</h2><p>B</p>", "utf-8")
    result = transom(
        "submit", "--url", f"{url}/", "--title", "T", "--body-file", str(story), "--format", "html"
    )
    work_off()
    assert found(result.stdout.strip()).revisions[1].html == "<h2>A</h2><p>B</p>"


def test_no_file_name_leaves_the_machine(app_settings: Settings, story: Path, tmp_path: Path) -> None:
    app, seen = create_app(), list[bytes]()

    def keep(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        seen.extend((body, repr(environ).encode(), b64decode_all(environ.get("HTTP_UPLOAD_METADATA", ""))))
        return app(environ | {"wsgi.input": io.BytesIO(body)}, start)

    photo = tmp_path / "at-home.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    with served(keep) as url:
        words = ("--title", "T", "--body-file", str(story), "--photo", str(photo))
        result = transom("submit", "--to", url, *words)
    assert result.exit_code == 0, result.output
    assert len(found(result.stdout.strip()).photos) == 1
    assert any(b"upload" in one for one in seen)
    assert not [one for one in seen if b"at-home" in one or b"story" in one]


def b64decode_all(metadata: str) -> bytes:
    """Return keys and values of the header Upload-Metadata."""
    pairs = [pair.split(" ") for pair in metadata.split(",") if pair]
    return b" ".join(key.encode() + b"=" + base64.b64decode(value) for key, value in pairs)


def test_a_photo_refused_at_the_door_is_said_and_the_rest_arrives(
    url: str, story: Path, tmp_path: Path
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a photo, whatever it is called")
    result = transom("submit", "--url", url, "--title", "T", "--body-file", str(story), "--photo", str(other))
    assert result.exit_code == 0
    refusal = f"Photo 1 was refused. {why_and_what_to_do('document')}\n"
    assert result.stderr == f"{refusal}Your submission has arrived.\n"
    assert found(result.stdout.strip()).photos == []


def test_what_the_newsroom_does_not_take_is_said_with_its_reason(url: str, story: Path) -> None:
    result = transom("submit", "--url", url, "--title", "T" * 301, "--body-file", str(story))
    assert "Please keep this to 300 characters." in sentence(result)


def test_too_many_photos_is_said_with_the_limit_and_nothing_stays(
    reset: Reset, story: Path, tmp_path: Path
) -> None:
    settings = reset(TRANSOM_MAX_PHOTOS="1")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    with served(create_app(settings)) as url:
        words = ("--title", "T", "--body-file", str(story), "--photo", str(photo), "--photo", str(photo))
        said = sentence(transom("submit", "--url", url, *words))
    assert said == f"Up to 1 photos can be sent. These are 2. {KEPT}"
    assert not paths("quarantine")


def test_nobody_there(story: Path, nowhere: int) -> None:
    url = f"http://127.0.0.1:{nowhere}"
    result = transom("submit", "--url", url, "--title", "T", "--body-file", str(story))
    assert sentence(result) == f"{url} could not be reached (ConnectError). Is the address right?"


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://example.org", "http://[", "http://"])
def test_what_is_no_address(story: Path, url: str) -> None:
    assert "Is the address right?" in sentence(
        transom("submit", "--url", url, "--title", "T", "--body-file", str(story))
    )


@pytest.mark.parametrize("status", [200, 404, 502])
def test_another_server_answers(story: Path, status: int) -> None:
    with served(Response("<h1>Something else</h1>", status=status)) as url:
        result = transom("submit", "--url", url, "--title", "T", "--body-file", str(story))
    assert sentence(result) == f"{url} answered {status}, but not as Transom does. Is the address right?"


def test_a_text_that_is_not_utf_8(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes("Дело".encode("cp1251"))
    result = transom("submit", "--title", "T", "--body-file", str(story))
    assert sentence(result) == f"{story} is not in UTF-8. Save it as UTF-8, then send it again."


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    result = transom("submit", "--title", "T", "--body-file", str(tmp_path / "none.txt"))
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_without_a_language_it_is_told_from_the_text(url: str, story: Path) -> None:
    story.write_text("Кеше қалада жұмысшылар наразылық шарасына шықты, полиция ешкімді ұстаған жоқ.", "utf-8")
    result = transom("submit", "--url", url, "--title", "Айыппұл", "--body-file", str(story))
    assert found(result.stdout.strip()).language == "und"
    work_off()
    assert found(result.stdout.strip()).language == "kk"


def test_a_document_arrives_without_its_name(url: str, tmp_path: Path) -> None:
    path = tmp_path / "Aigul.md"
    path.write_text("# Heading\n\nWords.")
    result = transom("submit", "--url", url, "--title", "T", "--document", str(path))
    assert result.exit_code == 0, result.output
    work_off()
    submission = found(result.stdout.strip())
    assert "Words." in (submission.revisions[1].html or "")
