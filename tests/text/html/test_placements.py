import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.languages import FORMATS
from intake.text import clean_body, render, sandboxed, source
from intake.text.editable import editable_text
from intake.text.html import placements
from intake.text.html.allow_list import is_allowed
from intake.text.markdown import to_markdown
from intake.text.words import visible
from tests.text.test_properties import MARKUP, many

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
MARK, OTHER_MARK = placements.mark(ONE), placements.mark(OTHER)
SPELLINGS = (
    MARK,
    f"<FIGURE ID='photo-{ONE}'>",
    f"<figure id=photo-{ONE}><img src=x><figcaption>words</figcaption></figure>",
    f"&lt;figure id=&quot;photo-{ONE}&quot;&gt;&lt;/figure&gt;",
    f"<fig<b></b>ure id='photo-{ONE}'></figure>",
    f"<svg><foreignObject>{MARK}</foreignObject></svg>",
    f"<template>{MARK}</template><noscript>{MARK}</noscript><textarea>{MARK}</textarea>",
    f"<!--><p>{MARK}-->",
    f"<xmp>{MARK}</xmp>",
    f"<p id='photo-{ONE}'>x</p><div id='photo-{ONE}'></div>",
)
HOSTILE = st.lists(st.one_of(*MARKUP, st.sampled_from(SPELLINGS)), max_size=12).map("".join)
blocks = st.lists(
    st.sampled_from(["<p>a</p>", "<h2>b</h2>", "<hr>", "<ul><li>c</li></ul>", "<blockquote><p>d</p></blockquote>", "<pre>e\n f</pre>"]),
    max_size=6,
)  # fmt: skip


def desk(raw: str) -> str:
    return clean_body(raw, format="html", with_placements=True).html


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_contributor_can_write_no_placement(spelling: str, kind: str) -> None:
    for raw in (spelling, f"<p>a</p>{spelling}<p>b</p>", f"a\n\n{spelling}\n\nb"):
        html = clean_body(raw, format=kind).html  # type: ignore[arg-type]
        assert placements.placed(html) == []
        assert "<figure" not in html
        assert "<img" not in html
        assert is_allowed(html)


@given(HOSTILE, st.sampled_from(FORMATS))
@many
def test_no_text_of_a_contributor_ever_has_a_placement(raw: str, kind: str) -> None:
    html = clean_body(raw, format=kind).html  # type: ignore[arg-type]
    assert "<figure" not in html
    assert "<img" not in html


@given(HOSTILE)
@many
def test_a_text_of_the_desk_has_placements_only_between_its_blocks(raw: str) -> None:
    html = desk(raw)
    assert is_allowed(html, with_placements=True)
    assert placements.are_apart(html)
    assert "<img" not in html
    assert desk(html) == html
    assert desk(source(html)) == html
    assert render(html).count("<figure") == len(placements.placed(html))


@given(blocks, st.data())
@many
def test_placements_survive_an_edit(parts: list[str], data: st.DataObject) -> None:
    at = sorted(data.draw(st.lists(st.integers(0, len(parts)), max_size=3)), reverse=True)
    for number, place in enumerate(at):
        parts.insert(place, placements.mark(uuid.UUID(int=number)))
    html = "".join(parts)
    assert desk(source(html)) == html
    assert "".join(placements.blocks(html)) == html
    assert placements.placed(html) == [
        photo for photo in map(placements.photo_of, placements.blocks(html)) if photo
    ]


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (f"<p>a {MARK} b</p>", f"<p>a</p>{MARK}<p>b</p>"),
        (f"<ul><li>a</li>{MARK}<li>b</li></ul>", f"<ul><li>a</li><li>b</li></ul>{MARK}"),
        (f"<blockquote><p>a</p>{MARK}</blockquote>", f"<blockquote><p>a</p></blockquote>{MARK}"),
        (
            f"<table><tr><td>a{MARK}</td></tr></table>",
            f"<table><tbody><tr><td>a</td></tr></tbody></table>{MARK}",
        ),
        (f"<figure id='photo-{ONE}'>words</figure>", f"{MARK}<p>words</p>"),
        ("<figure id='photo-1'>words</figure>", "<p>words</p>"),
        ("<figure>words</figure>", "<p>words</p>"),
        (f"<figure id='photo-{str(ONE).upper()}x'></figure>", ""),
        (MARK, MARK),
    ],
)
def test_a_placement_within_a_block_moves_behind_it(raw: str, cleaned: str) -> None:
    assert desk(raw) == cleaned


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{MARK}</p>", f"<ul><li>a{MARK}</li></ul>", f"<p<figure id=\"photo-{ONE}\"></figure>>a</p>", f'<figure id="photo-{ONE}">',
        f'<figure id="photo-{ONE}">a</figure>', f'<figure dir="rtl" id="photo-{ONE}"></figure>', '<figure id="note-1"></figure>',
        f"{MARK}<script></script>",
    ],
)  # fmt: skip
def test_the_last_check_lets_no_other_figure_through(html: str) -> None:
    assert not is_allowed(html, with_placements=True)
    assert "<figure" not in render(html)


def test_only_the_desk_s_check_lets_it_through() -> None:
    assert is_allowed(MARK, with_placements=True)
    assert not is_allowed(MARK)


def test_the_sandbox_keeps_it_for_the_desk_only() -> None:
    assert sandboxed.clean(MARK, format="html", with_placements=True).html == MARK
    assert sandboxed.clean(MARK, format="html").html == ""


def test_only_photos_of_the_submission_each_once() -> None:
    html = f"{MARK}<p>a</p>{OTHER_MARK}{MARK}"
    assert placements.only(html, {ONE}) == f"{MARK}<p>a</p>"
    assert placements.only(html, [OTHER, ONE]) == f"{MARK}<p>a</p>{OTHER_MARK}"


def test_a_placement_is_no_word_of_the_text() -> None:
    cleaned = clean_body(f"<p>a b</p>{MARK}<p>c</p>", format="html", with_placements=True)
    assert (cleaned.text, cleaned.words, visible(cleaned.html)) == ("a b\n\nc", 3, "a b\n\nc")
    assert editable_text(cleaned.html) == ("a b\n\nc", "plain")
    assert to_markdown(cleaned.html) == "a b\n\nc\n"


def test_parts_to_show() -> None:
    assert list(placements.parts(f"<p>a</p>{MARK}{OTHER_MARK}<p>b</p>")) == [
        ("<p>a</p>", ONE),
        ("", OTHER),
        ("<p>b</p>", None),
    ]
