import pytest

from intake.text.html.cleaning import clean

WORD = """<p>He was held <a style='mso-comment-reference:AS_1;mso-comment-date:20260102T1000'>in the north</a><span
class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor id="_anchor_1"
href="#_msocom_1" name="_msoanchor_1">[AS1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>
for a year.</p><div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>{bodies}</div>"""
BODY = """<div style='mso-element:comment'><![if !supportAnnotations]><div id="_com_{n}" class=msocomtxt><![endif]><span
style='mso-comment-author:"Aigul"'><a name="_msocom_{n}"></a></span><p class=MsoCommentText><span class=MsoCommentReference><span
style='mso-special-character:comment'>&nbsp;<a href="#_msoanchor_{n}" class=msocomoff>[AS{n}]</a></span></span>Ask Daulet</p>
<p class=MsoCommentText>Daulet again</p></div></div>"""
TEXT = "<p>He was held in the north for a year.</p>"

CASES = {
    "Word without styles": (
        '<p>a <a href="#_msocom_1">[AS1]</a></p><p class=MsoCommentText><a href="#_msoanchor_1">[AS1]</a>Daulet</p>'
        "<p class=MsoCommentText>Daulet</p><p class=MsoCommentText><a href='#_msoanchor_2'>[AS2]</a>Daulet</p>",
        "<p>a</p>",
        2,
    ),
    "Google Docs": (
        '<div><p>a<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><p>b</p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]'
        "</a><span>Daulet</span></p><p>Daulet again</p></div></div>",
        "<p>a</p><p>b</p>",
        1,
    ),
    "Google Docs, copied from a browser": (
        '<p>a<sup><a href="file:///C:/x.html#cmnt1">[a]</a></sup></p><p><a href="file:///C:/x.html#cmnt_ref1">[a]</a>Daulet</p>',
        "<p>a</p>",
        1,
    ),
    "a comment at the end of a page in one element": (
        '<div><p>a</p><p><a href="#cmnt_ref1">[a]</a>Daulet</p></div>',
        "<p>a</p>",
        1,
    ),
    "Aspose": (
        '<p>a<a href="#_cmnt1" name="_cmntref1">[AS1]</a></p><div id="_cmnt1"><p><a href="#_cmntref1">[AS1]</a>Daulet</p></div>',
        "<p>a</p>",
        1,
    ),
    "mammoth": (
        '<p>a<sup><a href="#comment-1" id="comment-ref-1">[AS1]</a></sup></p><dl><dt id="comment-1">Comment [AS1]</dt>'
        '<dd><p>Daulet <a href="#comment-ref-1">↑</a></p></dd></dl>',
        "<p>a</p>",
        1,
    ),
    "pandoc": (
        '<p>a<span class="comment-start" id=0 data-author=A data-date=B>Daulet</span>b<span class="comment-end" id=0></span></p>',
        "<p>ab</p>",
        1,
    ),
    "LibreOffice": ('<p>a<span class="annotation_style_by_filter">Daulet</span></p>', "<p>a</p>", 1),
    "LibreOffice without classes": (
        '<p>a<span title="annotation"><br>Daulet<span>Aigul</span></span></p>',
        "<p>a</p>",
        1,
    ),
    "LibreOffice, as a comment of HTML": ("<p>a<!-- Aigul: Daulet --></p>", "<p>a</p>", 0),
    "LibreOffice without links": ('<p>a</p><div id="sdcomment2" title="comment">Daulet</div>', "<p>a</p>", 1),
    "panel of Google Docs": (
        '<p>a</p><div class="docos-docoview-root"><div class="docos-author">Daulet</div></div>',
        "<p>a</p>",
        1,
    ),
    "panel of Notion": ('<p>a</p><div class="notion-page-comments"><div>Daulet</div></div>', "<p>a</p>", 1),
    "CKEditor": (
        '<p>a <comment-start name="t:1"></comment-start>b<comment-end name="t:1"></comment-end></p>',
        "<p>a b</p>",
        1,
    ),
    **{
        f"Word in a mail of {program}": (
            f'<p>a<a class="{prefix}msocomanchor" href="#{prefix}_msocom_1">[AS1]</a></p><div id="{prefix}_com_1"><p '
            f'class="{prefix}MsoCommentText"><a href="#{prefix}_msoanchor_1">[AS1]</a>Daulet</p></div>',
            "<p>a</p>",
            1,
        )
        for program, prefix in (
            ("Outlook", "x_"),
            ("Outlook, forwarded", "x_x_"),
            ("Gmail", "gmail-"),
            ("Gmail, received", "m_-12345"),
            ("Yahoo", "yiv1234567"),
            ("Yahoo, answered", "ydp1a2b3c4d"),
            ("Zoho", "x_1234"),
        )
    },
    "a link to a comment of a web page": ('<p><a href="https://e.example/#comment-1">a</a></p>', None, 0),
}


@pytest.mark.parametrize(("raw", "expected", "number"), CASES.values(), ids=CASES)
def test_comments_go(raw: str, expected: str | None, number: int) -> None:
    cleaned = clean(raw)
    assert cleaned.html == expected or (expected is None and cleaned.html == raw)
    assert cleaned.removed.get("comment", 0) == number
    assert clean(cleaned.html).html == cleaned.html


@pytest.mark.parametrize("number", [1, 3])
def test_comments_of_word_are_counted_once_each(number: int) -> None:
    cleaned = clean(
        " ".join(WORD.format(bodies="".join(BODY.format(n=n + 1) for n in range(number))).split())
    )
    assert cleaned.html == TEXT
    assert cleaned.removed == {"comment": number}


def test_a_comment_without_its_mark_is_removed_from_the_text_before_it() -> None:
    raw = '<div>Words first<p><a href="#cmnt_ref1">[a]</a>Daulet</p></div>'
    assert clean(raw).html == "<p>Words first</p>"
