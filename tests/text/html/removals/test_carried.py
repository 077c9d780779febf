import pytest

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    ("css", "raw", "html"),
    [
        (".a{text-decoration:line-through}", "<p>a <span class=a>b</span></p>", "<p>a <s>b</s></p>"),
        (".a{vertical-align:super;font-size:60%}", "<p>1<span class=a>st</span></p>", "<p>1<sup>st</sup></p>"),
        (".a{white-space:pre-wrap}", "<div class=a>a\n  b</div>", "<p>a<br>\xa0\xa0b</p>"),
        ("ol{list-style:lower-roman inside}", "<ol><li>a</li></ol>", '<ol type="i"><li>a</li></ol>'),
        (".a{direction:rtl}", "<p class=a>BBC א</p>", '<p dir="rtl">BBC א</p>'),
        (".a{text-decoration:underline;vertical-align:top}", "<p>a <span class=a>b</span></p>", "<p>a b</p>"),
        (".a{vertical-align:super}", '<p>a<span class=a style="vertical-align:sub">b</span></p>', "<p>a<sub>b</sub></p>"),
        ("b{white-space:pre}", '<p><b style="color:red&#1;">a</b></p>', "<p><strong>a</strong></p>"),
    ],
)  # fmt: skip
def test_rules_give_meaning_to_words(css: str, raw: str, html: str) -> None:
    assert clean(f"<style>{css}</style>{raw}").html == html
