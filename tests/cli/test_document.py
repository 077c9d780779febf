import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intake.cli.document import document
from tests.photos import made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(document, ["clean", *map(str, arguments)])


@pytest.fixture
def rtf(tmp_path: Path) -> Path:
    photo = made.jpeg_with_gps(400, 300, "SECRET").hex()
    file = tmp_path / "story.rtf"
    file.write_text(rf"{{\rtf1 a {{\b b}}{{\v LEAK}}{{\pict\jpegblip {photo}}}{{\pict\pngblip 00}}}}")
    return file


def test_writes_html(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# a\n\n<script>b</script>")
    result = run(file)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "<h2>a</h2>\n", "")


def test_json_has_everything(rtf: Path) -> None:
    found = json.loads(run(rtf, "--json").stdout)
    assert found.pop("html") == "<p>a <strong>b</strong> [picture 1] [picture 2]</p>"
    assert "language" in found
    assert found.pop("pictures")[1] == {"number": 2, "bytes": 1}
    assert found == {
        "text": "a b [picture 1] [picture 2]", "language": found["language"], "words": 6, "characters": 22, "minutes": 1,
        "flags": [], "fallback": False, "removed": {"hidden": 1}, "notes": [], "cleaned_pictures": [],
    }  # fmt: skip


def test_pictures_go_through_the_photo_cleaner(rtf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    result = run(rtf, "--json", "--pictures", folder)
    assert result.exit_code == 1
    assert "picture 2 was refused." in result.stderr
    good, bad = json.loads(result.stdout)["cleaned_pictures"]
    assert (good["status"], bad["status"]) == ("clean", "refused")
    assert [path.name for path in folder.iterdir()] == ["story.1.jpg"]
    assert b"SECRET" not in (folder / "story.1.jpg").read_bytes()


def test_a_refusal_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.3\n")
    result = run(file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {file}: We cannot take a PDF")


@pytest.mark.parametrize("arguments", [[], ["no-such-file.docx"], ["/"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_that_cannot_be_made_is_one_sentence(rtf: Path) -> None:
    result = run(rtf, "--pictures", rtf / "out")
    assert result.exit_code == 1
    assert "Name a folder that you may write to." in result.stderr


def test_help_ends_with_an_example() -> None:
    assert "Example: transom document clean" in run("--help").output.replace("\n", " ")
