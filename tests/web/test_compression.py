"""Compressed pages of the contributor's side."""

import gzip

import pytest

from tests.web.people import Contributor, Newsroom

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("url", ["/", "/send", "/receipt", "/safety"])
def test_a_page_is_compressed_for_those_who_accept_it(contributor: Contributor, url: str) -> None:
    client = contributor.client
    small = client.get(url, headers=GZIP, follow_redirects=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Length"] == str(len(small.data))
    assert b"</html>" in gzip.decompress(small.data)
    large = client.get(url, headers={"Accept-Encoding": "gzip;q=0"}, follow_redirects=True)
    assert "Content-Encoding" not in large.headers
    assert b"</html>" in large.data
    for answer in (small, large):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_head_request_gets_the_same_headers(contributor: Contributor) -> None:
    answer = contributor.client.head("/safety", headers=GZIP, follow_redirects=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.data == b""


def test_what_may_hold_a_receipt_is_not_compressed(contributor: Contributor, editor: Newsroom) -> None:
    for answer in (
        contributor.client.post("/receipt", data={"receipt": "ABCD-EFGH"}, headers=GZIP),
        contributor.client.get("/nowhere", headers=GZIP),
        contributor.client.get("/healthz/live", headers=GZIP),
        editor.client.get("/desk/", headers=GZIP),
    ):
        assert "Content-Encoding" not in answer.headers, answer.request.path
