import html
from collections.abc import Callable

import pytest

from tests.web.conftest import opened
from tests.web.people import Newsroom

ADDRESS = "https://magazine.example/2026/river?a=1&b=2"


@pytest.fixture
def url(submitted: Callable[..., str], editor: Newsroom) -> str:
    """Accepted submission, in version 4."""
    address = submitted()
    editor.post(f"{address}/decisions", verdict="accept", version="2")
    return address


def test_a_submission_that_has_appeared(editor: Newsroom, url: str) -> None:
    assert "Mark as published" in editor.get(url).text
    assert editor.post(f"{url}/publications", version="4", url=f" {ADDRESS} ").status_code == 303
    page = html.unescape(editor.get(url).text)
    assert f'<a href="{ADDRESS}" rel="noreferrer"' in page
    assert "Mark as published" not in page
    with opened() as submission:
        assert (submission.status, submission.published_url) == ("published", ADDRESS)


def test_one_in_print_has_no_address(editor: Newsroom, url: str) -> None:
    assert editor.post(f"{url}/publications", version="4", url="").status_code == 303
    with opened() as submission:
        assert (submission.status, submission.published_url) == ("published", None)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "magazine.example/1", "https://", "http:///x", "ftp://x.example/", "https://a b.example/",
        "https://user:secret@x.example/", "https://x.example/\\..", "https://[::1", "//x.example", "data:text/html,x",
        "https://x.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_asked_for_again(editor: Newsroom, url: str, address: str) -> None:
    answer = editor.post(f"{url}/publications", version="4", url=address)
    assert answer.status_code == 422
    assert f'value="{html.escape(address)}"' in answer.text.replace("&#34;", "&quot;")
    with opened() as submission:
        assert submission.status == "accepted"


def test_who_comes_too_late_keeps_the_address(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    other_editor.post(f"{url}/revisions", title="Edited", body="<p>Edited.</p>", version="4")
    answer = editor.post(f"{url}/publications", version="4", url=ADDRESS)
    assert answer.status_code == 409
    assert html.escape(ADDRESS) in answer.text
    assert 'name="version" value="5"' in answer.text


def test_what_is_published_already_keeps_its_address(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    other_editor.post(f"{url}/publications", version="4", url=ADDRESS)
    answer = editor.post(f"{url}/publications", version="4", url="https://x.example/")
    assert answer.status_code == 409
    assert "can no longer be marked as published" in answer.text
    assert "https://x.example/" in answer.text


def test_what_is_in_review_is_not_published(editor: Newsroom, submitted: Callable[..., str]) -> None:
    address = submitted()
    assert "Mark as published" not in editor.get(address).text
    assert editor.post(f"{address}/publications", version="2").status_code == 409
