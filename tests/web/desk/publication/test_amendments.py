import html
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from intake.web.forms.publication import NO_CORRECTION, NO_DAY, NO_REASON, NOT_YET
from tests.web.conftest import opened
from tests.web.people import Contributor, Newsroom, receipt_of

NEW = "https://magazine.example/2"
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"


def test_the_page_of_a_publication_shows_its_forms(editor: Newsroom, url: str) -> None:
    assert f'href="{url}/publication"' in editor.get(url).text
    page = editor.get(f"{url}/publication").text
    assert 'value="https://magazine.example/1"' in page
    assert f'value="{TODAY}"' in page
    for words in ("Record a correction", "Change the address", "Retract it", "Unpublish it"):
        assert words in page


def test_what_is_not_published_has_no_forms(editor: Newsroom, submitted: Callable[..., str]) -> None:
    page = editor.get(f"{submitted()}/publication").text
    assert "It is not published" in page
    assert "Retract it" not in page


def test_an_address_is_mended_and_a_wrong_one_is_asked_for_again(editor: Newsroom, url: str) -> None:
    wrong = editor.post(f"{url}/publication/address", version="5", url="javascript:alert(1)")
    assert wrong.status_code == 422
    assert 'value="javascript:alert(1)"' in wrong.text
    assert editor.post(f"{url}/publication/address", version="5", url=NEW).location == f"{url}/publication"
    assert "The address is saved." in editor.get(url).text
    with opened() as submission:
        assert submission.published_url == NEW


def test_a_correction_is_recorded_and_shown(editor: Newsroom, url: str) -> None:
    answer = editor.post(
        f"{url}/publication/corrections", version="5", correction="<b>The</b> river", dated="2026-11-03"
    )
    assert answer.status_code == 303
    page = editor.get(f"{url}/publication").text
    assert "&lt;b&gt;The&lt;/b&gt; river" in page
    assert "3 November 2026" in page
    assert "Recorded a correction" in editor.get(url).text
    assert 'pill--corrected">Corrected' in editor.get(url).text


@pytest.mark.parametrize(
    ("words", "dated", "said"),
    [
        ("\u200b", TODAY, NO_CORRECTION),
        ("", TODAY, NO_CORRECTION),
        ("A name", "", NO_DAY),
        ("A name", "yesterday", NO_DAY),
        ("A name", f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}", NOT_YET),
    ],
)
def test_a_correction_needs_words_and_a_day(
    editor: Newsroom, url: str, words: str, dated: str, said: str
) -> None:
    answer = editor.post(f"{url}/publication/corrections", version="5", correction=words, dated=dated)
    assert answer.status_code == 422
    assert str(said) in html.unescape(answer.text)
    assert "Not a valid" not in answer.text
    with opened() as submission:
        assert submission.corrected_at is None


def test_a_retraction_needs_a_reason_and_shows_it_to_the_desk(editor: Newsroom, url: str) -> None:
    answer = editor.post(f"{url}/publication/retractions", version="5", reason=" ")
    assert answer.status_code == 422
    assert str(NO_REASON) in answer.text
    editor.post(f"{url}/publication/retractions", version="5", reason="The witness was not there.")
    page = editor.get(f"{url}/publication").text
    assert "The witness was not there." in page
    assert "Retract it" not in page
    assert "Mark as published again" in editor.get(url).text


def test_what_is_unpublished_can_be_published_again(editor: Newsroom, url: str) -> None:
    assert editor.post(f"{url}/publication/removals", version="5").location == url
    page = editor.get(url).text
    assert "Unpublished, it is accepted again" in page
    assert "Mark as published" in page
    assert editor.post(f"{url}/publication/removals").status_code == 422


@pytest.mark.parametrize(
    ("path", "field"),
    [("address", "url"), ("corrections", "correction"), ("retractions", "reason"), ("removals", "")],
)
def test_who_comes_too_late_keeps_the_words(editor: Newsroom, url: str, path: str, field: str) -> None:
    words = {field: "https://magazine.example/typed"} if field else {}
    answer = editor.post(f"{url}/publication/{path}", version="4", dated=TODAY, **words)
    assert answer.status_code == 409
    assert "It changed while you were working" in answer.text
    assert ("https://magazine.example/typed" in answer.text) is bool(field)


def test_the_contributor_reads_it_with_the_receipt(
    contributor: Contributor, editor: Newsroom, run_jobs: Callable[[], object]
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    with opened() as submission:
        url = f"/desk/submissions/{submission.id}"
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    editor.post(f"{url}/publications", version="4")
    editor.post(f"{url}/publication/retractions", version="5", reason="A secret reason")
    page = contributor.look(receipt).text
    assert "Your story is no longer published." in page
    assert 'pill--retracted">Retracted' in page
    assert "secret reason" not in page
    assert "Asel" not in page
