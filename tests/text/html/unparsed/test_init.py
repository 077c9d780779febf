from collections import Counter

import pytest

from intake.text import clean_body, keep_as_text
from intake.text.html import unparsed

CASES = {
    "comment": ("a<!-- Daulet -->b", "ab", {}),
    "conditional comment": ("a<!--[if gte mso 9]><xml>Daulet</xml><![endif]-->b<![if !x]>c<![endif]>", "abc", {}),
    "properties": ("<xml><o:Author>Daulet</o:Author></xml>a", "a", {"properties": 1}),
    "style and title": ("<style>p{}</style><title>Daulet</title>a<script>Daulet</script>", "a", {"script": 1}),
    "list of comments": (
        "a<div style='mso-element:comment-list'><div style='mso-element:comment'>Daulet</div></div>b",
        "ab",
        {"comment": 1},
    ),
    "mark of a comment": ('a<a class=msocomanchor href="#_msocom_1">[AS1]</a>b', "ab", {"comment": 1}),
    "deletion": ('<del cite="mailto:Aigul" datetime=2026>Daulet</del><ins cite="mailto:Aigul">he</ins>', "<span>he</span>", {"deletion": 1}),
    "hidden": ("a<span style='display:none'>D<span>aul</span>et</span>b<b style=font-size:0>c</b>", "ab", {"hidden": 2}),
    "footer": ("<div style='mso-element:footer'>Daulet</div>a", "a", {"header-footer": 1}),
    "attributes": ('<p class=x title="Daulet > D" data-author=Daulet>a<br/>b</p>', "<p>a<br>b</p>", {}),
    "address": ('<a href="https://e.example/?utm_source=x" title=y>a</a>', '<a href="https://e.example/">a</a>', {}),
    "struck-out": ("<s>a</s><del>b</del>", "<s>a</s><del>b</del>", {}),
    "nothing that ends": ("a<b>b <div>c <p title='e", "a<b>b <div>c </div></b>", {}),
    "unfinished comment": ("a<!-- Daulet", "a", {}),
    "unfinished style": ("a<style>Daulet", "a", {}),
    "hidden until the end": ("a<div hidden>Daulet<p>Aigul", "a", {"hidden": 1}),
    "hidden until the next": ("<p hidden>Daulet<p>a<li hidden>Aigul<li>b", "<p>a</p><li>b</li>", {"hidden": 2}),
    "hidden by a rule": ("<style>.x i{display:none}</style><b class=x><i>Daulet</i>a</b>", "<b>a</b>", {"hidden": 1}),
    "color of what lies behind": ("<p style='background:#000;color:#fff'>a<b style='color:#000'>Daulet</b></p>", "<p>a<b> </b></p>", {"hidden": 1}),
    "broken quotes": ("<p \"x style='display:none'>Daulet</p>b<i c=\"d>e", "b<i>e</i>", {"hidden": 1}),
    "no markup": ("a < b & c > d <e", "a < b & c > d <e", {}),
}  # fmt: skip


@pytest.mark.parametrize(("source", "shown", "removed"), CASES.values(), ids=CASES)
def test_parts_that_no_reader_sees_go(source: str, shown: str, removed: dict[str, int]) -> None:
    found: Counter[str] = Counter()
    assert unparsed.shown(source, found) == shown
    assert found == removed


def test_a_text_that_is_not_parsed_names_nobody() -> None:
    word = "<p class=MsoNormal>Open <del cite='mailto:Aigul' datetime=1>Daulet</del> words</p>"
    comments = "<div style='mso-element:comment-list'><div style='mso-element:comment'>Daulet, says Aigul</div></div>"
    cleaned = clean_body("<div>" * 150 + word + comments, format="html")
    assert cleaned.fallback
    assert "Daulet" not in cleaned.html
    assert "Aigul" not in cleaned.html
    assert "Open" in cleaned.text
    assert cleaned.removed == {"deletion": 1, "comment": 1}


def test_what_is_left_is_settled() -> None:
    for source in ("<scr<!-- -->ipt>a</script>", "<scr\u200bipt>b</script>c", "<" * 3 + "!-- -->" * 3):
        html = keep_as_text(source, format="html").html
        assert keep_as_text(html, format="html").html == html
        assert clean_body(html, format="html").html == html
