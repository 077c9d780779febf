import io
import re
import zipfile

from tests.web.programs import Program


def test_an_accepted_piece_as_a_zip(program: Program, url: str) -> None:
    assert program.get(f"{url}/export.zip").status_code == 409
    address = program.post(f"{url}/decisions", verdict="accept", version=2).get_json()["export_url"]
    answer = program.get(address)
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        *names, for_wordpress, featured = archive.namelist()
        assert names == [
            "README.txt", "index.html", "wordpress.txt", "submission.md", "submission.json", "photos/01.jpg", "photos/01-1600.jpg",
            "photos/01-320.jpg",
        ]  # fmt: skip
        assert re.fullmatch(r"wordpress/01-[0-9a-f]{8}\.jpg", for_wordpress)
        assert featured == "featured.jpg"
        plain = archive.read("photos/01.jpg")
    with zipfile.ZipFile(io.BytesIO(program.get(f"{address}?embedded=y").data)) as archive:
        embedded = archive.read("photos/01.jpg")
    assert b"The door" in embedded
    assert b"The door" not in plain
    assert program.get(url).get_json()["timeline"][-1]["event"] == "piece.downloaded"
