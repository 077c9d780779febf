import pytest
from lxml import html as lxml_html

from intake.text.html.cleaning import clean
from intake.text.html.removals import deletions

DELETED = [
    "<del cite='mailto:a' datetime='2026-01-02T10:00'>Daulet</del>",
    "<del datetime=2026>Daulet <b>Daulet</b></del>",
    "<del title='Aigul, 2026-01-02 10:00'>Daulet</del>",
    "<s data-author=A>Daulet</s>",
    "<span class=msoDel><del>Daulet</del></span>",
    '<span class="TrackChangeTextDeletion TrackedChange SCXW1">Daulet</span>',
    '<span class="TrackedChange Deleted"><span>Daulet</span></span>',
    '<del class="ice-del ice-cts-1" data-cid=1>Daulet</del>',
    '<span class="ck-suggestion-marker ck-suggestion-marker-deletion">Daulet</span>',
    '<suggestion-start name="deletion:e1:u1"></suggestion-start>Daulet <b>Daulet</b><suggestion-end name="deletion:e1:u1"></suggestion-end>',
    '<span class="fr-tracking-deleted" data-tracking=true>Daulet</span>',
    '<span data-tracking="true" data-tracking-deleted="true">Daulet</span>',
    '<span class="deletion" data-author=A data-date=B>Daulet</span>',
    '<del data-id="1">Daulet</del>',
    "<delete data-op-user-id=1>Daulet</delete>",
    """<span data-track-change='{"type":"deletion","id":"1"}'>Daulet</span>""",
    '<span data-suggestion-type="deletion">Daulet</span>',
    '<span class="trackedMoveFrom">Daulet</span>',
    '<span data-suggestion data-suggestion-type="replaceDeletion">Daulet</span>',
    "<w:del w:author=A>Daulet</w:del>",
    '<span class="tox-suggestededits__annotation--removed">Daulet</span>',
]
KEPT = [
    "<s>word</s>",
    "<del>word</del>",
    "<strike>word</strike>",
    '<span style="text-decoration:line-through">word</span>',
    "<s data-stringify-type=strike>word</s>",
    "<del data-start=1 data-end=3>word</del>",
    '<span class="tracking-model">word</span>',
    '<a href="https://e.example/" data-track-label="the government removed sanctions">word</a>',
    '<span data-tracking="true" data-tracking-deleted="false">word</span>',
    '<suggestion-start name="deletion:1"></suggestion-start>word',
    '<suggestion-end name="deletion:1"></suggestion-end>word<suggestion-start name="deletion:1"></suggestion-start>',
    '<suggestion-start name="insertion:1"></suggestion-start>word<suggestion-end name="insertion:1"></suggestion-end>',
]
INSERTED = [
    "<ins cite='mailto:a' datetime='2026-01-02T10:00'>word</ins>",
    "<span class=msoIns><ins>word</ins></span>",
    '<span class="TrackChangeTextInsertion TrackedChange" style="color:red;text-decoration:underline">word</span>',
    '<ins class="ice-ins" data-cid=1>word</ins>',
    "<insert data-op-user-id=1>word</insert>",
    '<ins data-id="2">word</ins>',
    '<span data-suggestion-type="add" style="text-decoration: underline">word</span>',
]


@pytest.mark.parametrize("raw", DELETED)
def test_deleted_passages_go(raw: str) -> None:
    cleaned = clean(f"<p>a {raw} b</p>")
    assert " ".join(cleaned.html.split()) == "<p>a b</p>"
    assert cleaned.removed == {"deletion": 1}


@pytest.mark.parametrize("raw", KEPT)
def test_words_that_were_struck_out_without_tracking_stay(raw: str) -> None:
    cleaned = clean(f"<p>{raw}</p>")
    assert "word" in cleaned.html
    assert cleaned.removed == {}


@pytest.mark.parametrize("raw", INSERTED)
def test_inserted_passages_become_plain_words(raw: str) -> None:
    assert clean(f"<p>a{raw}</p>").html == "<p>aword</p>"


def test_an_insertion_without_tracking_stays_underlined() -> None:
    assert clean("<p><ins>a</ins></p>").html == "<p><u>a</u></p>"


def test_neighbours_are_one_passage() -> None:
    raw = "<p>a<del datetime=1>b</del> <del datetime=2></del><del datetime=1>c</del>d<del datetime=1>e</del></p>"
    cleaned = clean(raw)
    assert (cleaned.html, cleaned.removed) == ("<p>a d</p>", {"deletion": 2})


def test_a_deletion_over_several_blocks() -> None:
    raw = (
        '<p>a</p><p data-suggestion-start-before="deletion:a:b">b</p><ul><li>c</li></ul>'
        '<p data-suggestion-end-after="deletion:a:b">d</p>e'
    )
    cleaned = clean(raw)
    assert (cleaned.html, cleaned.removed) == ("<p>a</p><p>e</p>", {"deletion": 1})


def test_a_second_start_without_an_end_deletes_nothing() -> None:
    pair = '<suggestion-start name="deletion:1"></suggestion-start>b<suggestion-end name="deletion:1"></suggestion-end>'
    again = '<suggestion-start name="deletion:1"></suggestion-start>'
    assert clean(f"<p>a{pair}c{again}d</p>").html == "<p>acd</p>"


def test_inside_a_deletion_an_insertion_goes_too() -> None:
    assert clean("<p>a<del datetime=1>b<ins datetime=1>c</ins></del></p>").html == "<p>a</p>"


@pytest.mark.parametrize(
    ("raw", "deleted", "inserted"),
    [
        ("<del datetime=1>a</del>", True, False),
        ("<ins cite=a>a</ins>", False, True),
        ("<del>a</del>", False, False),
    ],
)
def test_judges_one_element(raw: str, *, deleted: bool, inserted: bool) -> None:
    element = lxml_html.fragment_fromstring(raw)
    assert (deletions.is_deleted(element), deletions.is_inserted(element)) == (deleted, inserted)
