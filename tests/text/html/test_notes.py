import pytest

from intake.text import clean_body, render
from intake.text.html.links import REL
from intake.text.html.notes import LONGEST, MOST
from intake.text.markdown import to_markdown

ONE = '<p>Text<a href="#note-1" id="ref-1"><sup>{mark}</sup></a></p>'
NOTE = '<ol><li id="note-1">{note} <a href="#ref-1">↩</a></li></ol>'

WORD = """<p class=MsoNormal>Text<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a></p><div style='mso-element:footnote-list'>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> See the <i>report</i>.</p></div></div>"""
LIBREOFFICE = """<p>Text<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p><div
id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
See the <i>report</i>.</p></div>"""
GOOGLE = """<div id="c"><p>Text<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><div><p><a href="#ftnt_ref1"
id="ftnt1">[1]</a><span> See the </span><span style="font-style:italic">report</span>.</p></div></div>"""
PANDOC = """<p>Text<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p><section><ol><li id="fn1"><p>See the
<em>report</em>. <a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol></section>"""
WIKIPEDIA = """<p>Text<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p><ol><li id="cite_note-1"><b><a
href="#cite_ref-1">^</a></b> <span>See the <i>report</i>.</span></li></ol>"""


def clean(raw: str) -> str:
    html = clean_body(" ".join(raw.split()), format="html").html
    assert clean_body(html, format="html").html == html
    return html


SUBSTACK = """<p>Text<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1"
href="https://e.example/p/x#footnote-1">1</a></p><div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1"
href="https://e.example/p/x#footnote-anchor-1">1</a><div class="footnote-content"><p>See the <em>report</em>.</p></div></div>"""
WORDPRESS = """<p>Text<sup data-fn="8a-b" class="fn"><a href="#8a-b" id="8a-b-link">1</a></sup></p><ol
class="wp-block-footnotes"><li id="8a-b">See the <em>report</em>. <a href="#8a-b-link">↩︎</a></li></ol>"""
OBSIDIAN = """<p>Text<sup id="fnref-1-x"><a href="#fn-1-x">[1]</a></sup></p><section><ol><li id="fn-1-x"><p>See the <em>report</em>.<a
href="#fnref-1-x">↩︎</a></p></li></ol></section>"""


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        (WORD, "[1]"),
        (LIBREOFFICE, "1"),
        (GOOGLE, "[1]"),
        (PANDOC, "1"),
        (WIKIPEDIA, "[1]"),
        (SUBSTACK, "1"),
        (WORDPRESS, "1"),
        (OBSIDIAN, "[1]"),
    ],
    ids=["Word", "LibreOffice", "Google Docs", "pandoc", "Wikipedia", "Substack", "WordPress", "Obsidian"],
)
def test_a_note_is_linked_to_and_leads_back(raw: str, mark: str) -> None:
    assert clean(raw) == ONE.format(mark=mark) + NOTE.format(note="See the <em>report</em>.")


def test_notes_come_last_in_the_order_of_their_marks() -> None:
    raw = (
        '<ol><li id="b">Two<a href="#b1">^</a><li id="a">One<a href="#a1">^</a></ol><p>x</p>'
        '<p>1<a id="a1" href="#a">*</a> 2<a id="b1" href="#b">*</a></p><p>end</p>'
    )
    # A list that precedes its marks is not taken for footnotes, because tables of contents look like that.
    assert "note-" not in clean(raw)
    after = raw.partition("</ol>")[2] + raw.partition("<p>x</p>")[0]
    html = clean(after)
    assert html.index("One") < html.index("Two")
    assert html.endswith("</ol>")


def test_a_note_keeps_its_paragraphs() -> None:
    raw = WORD.replace("</p></div></div>", "</p><p>And more.</p></div></div>")
    assert clean(raw).endswith(
        '<li id="note-1"><p>See the <em>report</em>.</p><p>And more. <a href="#ref-1">↩</a></p></li></ol>'
    )


def test_a_note_with_two_marks_leads_back_once() -> None:
    raw = (
        '<p>a<sup><a href="#n" id="r1">1</a></sup> b<sup><a href="#n" id="r2">1</a></sup></p>'
        '<ol><li id="n">See. <a href="#r1">↩</a> <a href="#r2">↩</a></li></ol>'
    )
    assert clean(raw).endswith('<ol><li id="note-1">See. <a href="#ref-1">↩</a></li></ol>')


def test_a_note_has_the_direction_of_its_text() -> None:
    raw = '<div dir=rtl><p>a<a href="#n" id="r">1</a></p><p id="n">BBC <a href="#r">↩</a></p></div>'
    assert clean(raw).endswith('<ol><li dir="rtl" id="note-1">BBC <a href="#ref-1">↩</a></li></ol>')


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ('<p><a href="#x">go</a></p><p id=x>there</p>', "<p>go</p><p>there</p>"),
        ('<p>a<a href="#nowhere" id=x>1</a></p>', "<p>a1</p>"),
        ('<p>a<a href="#y" id=x>1</a></p><p hidden><a href="#x" id=y>1</a>n</p>', "<p>a1</p>"),
        ('<p id=y>a<a href="#y" id=x>1</a><a href="#x">2</a></p>', "<p>a12</p>"),
        ('<p>a<a href="#y" id=x> </a></p><p id=y>n<a href="#x">^</a></p>', "<p>a</p><p>n^</p>"),
        ('<p id="note-1">a</p><p><a id="ref-7" href="#note-7">b</a></p>', "<p>a</p><p>b</p>"),
    ],
)
def test_what_is_no_note_is_text(raw: str, html: str) -> None:
    assert clean(raw) == html


@pytest.mark.parametrize("number", [2, MOST, MOST + 50])
def test_many_notes(number: int) -> None:
    marks = "".join(f'<p>t<a id=m{i} href="#n{i}">{i}</a></p>' for i in range(number))
    notes = "".join(f'<p>n{i}<a id=n{i} href="#m{i}">^</a></p>' for i in range(number))
    html = clean(marks + notes)
    assert html.count('<li id="note-') == min(number, MOST)
    assert all(f"n{i}" in html for i in range(number))


def test_a_note_as_long_as_a_text_is_none() -> None:
    raw = '<p>a<a href="#y" id=x>1</a></p><div id=y>n<a href="#x">^</a>' + "<p>b</p>" * LONGEST + "</div>"
    assert "note-" not in clean(raw)


def test_links_within_the_text_are_our_own() -> None:
    shown = render(clean('<p><a href="https://e.org/">x</a></p>' + WORD))
    assert shown.count(REL) == 1
    assert '<a href="#note-1" id="ref-1">' in shown


def test_notes_in_markdown() -> None:
    assert to_markdown(clean(WORD)) == "Text[^1]\n\n[^1]: See the *report*.\n"
