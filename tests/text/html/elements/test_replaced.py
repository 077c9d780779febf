import pytest

from intake.text.html.cleaning import clean
from intake.text.html.elements.replaced import is_emoji

CASES = {
    "a typed field": (
        "<p>Name:<input value=A>, <input type=email value=b@e.example></p>",
        "Name: A, b@e.example",
    ),
    "a field with a character that XML cannot hold": ("<p><input value='a&#1;b'></p>", "ab"),
    "a field not shown": ("<p>a<input type=password value=b><input type=hidden value=c>d</p>", "a d"),
    "a button": ("<p><button>Send</button><button>Go</button></p>", "Send Go"),
    "a chosen option": ("<p><select><option>a<option selected>b</select></p>", "b"),
    "the first option": ("<p><select><option>a<option>b</select></p>", "a"),
    "chosen options": (
        "<p><select multiple><option selected>a<option>b<option selected>c</select></p>",
        "a, c",
    ),
    "a long field": ("<textarea>a &lt;b>\n  c</textarea>", "a &lt;b&gt;<br>\xa0\xa0c"),
    "without scripts": ("<noscript>a <b>b</b></noscript>", "a <strong>b</strong>"),
    "words of XML": ("<xml>a</xml>", "a"),
    "properties of XML": ("a<xml><o:Author>b</o:Author></xml>", "a"),
    "in place of a canvas": ("<canvas>a</canvas>", "a"),
    "in place of an object": ("<object data=x>a</object>", "a"),
    "a drawing": (
        "a<svg><title>t</title><text>b</text><g><text>c<tspan>d</tspan></text></g></svg>e",
        "a b c d e",
    ),
    "an emoji": ('a<img alt="😀"><img class="emoji" alt=":x:">b', "a😀:x:b"),
    "a picture": ('a<img alt="a man">b', "a b"),
    "a picture before a comma": ("a<img>, b", "a, b"),
    "a formula": ('<img class="latex" alt="E=mc^2">', "E=mc^2"),
    "media of Evernote": ("a<en-media hash=x></en-media>b", "a b"),
    "boxes of Evernote": ("<en-todo checked=true></en-todo>a<br><en-todo></en-todo>b", "☑ a<br>☐ b"),
    "ruby": ("<ruby>漢字<rt>かんじ</rt></ruby>", "漢字(かんじ)"),
    "ruby by letters": ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", "漢(かん)字(じ)"),
    "ruby with brackets": (
        "<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp>字<rt>じ</rt></ruby>",
        "漢（かん）字(じ)",
    ),
    "ruby without a reading": ("<ruby>漢<rt></rt></ruby>", "漢"),
    "ruby in columns": ("<ruby>漢字<rtc><rt>か<rt>じ</rtc></ruby>", "漢字(かじ)"),
    "radio buttons": ("<input type=radio checked> a <input type=radio>b", "● a ○ b"),
    "a box after its label": ("<p>a <input type=checkbox></p>", "a ☐"),
}


@pytest.mark.parametrize(("raw", "html"), CASES.values(), ids=CASES)
def test_words_are_kept(raw: str, html: str) -> None:
    assert clean(raw).html == f"<p>{html}</p>"


TASKS = {
    "GitHub": "<ul><li><input type=checkbox checked disabled> a</li><li><input type=checkbox><p>b</p></li></ul>",
    "Google Docs": """<ul><li role="checkbox" aria-checked="true"><img alt="checked"><p>a</p></li><li role="checkbox"
        aria-checked="false"><p>b</p></li></ul>""",
    "Tiptap": """<ul><li data-checked="true"><label><input type="checkbox" checked><span></span></label><div><p>a</p></div></li>
        <li data-checked="false"><label><input type="checkbox"></label><div><p>b</p></div></li></ul>""",
    "Quill": '<ul><li data-list="checked">a</li><li data-list="unchecked">b</li></ul>',
    "Notion": """<ul><li><div class="checkbox checkbox-on"></div> <span>a</span></li><li><div class="checkbox
        checkbox-off"></div> <span>b</span></li></ul>""",
}


@pytest.mark.parametrize("raw", TASKS.values(), ids=TASKS)
def test_check_boxes(raw: str) -> None:
    assert clean(raw).html == "<ul><li>☑ a</li><li>☐ b</li></ul>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("👍🏽", True), ("1️⃣", True), ("a", False), ("7", False), ("😀a", False), ("", False)],
)
def test_is_emoji(text: str, expected: bool) -> None:
    assert is_emoji(text) is expected


def test_captions_are_told_from_the_text() -> None:
    raw = "<figure><img src=x><figcaption>Photo: <b>A</b></figcaption></figure><p>Text</p>"
    assert clean(raw).html == "<p><em>Photo: </em><strong><em>A</em></strong></p><p>Text</p>"


@pytest.mark.parametrize(
    "raw",
    [
        '<input value="b" hidden>',
        '<p style="font-size:0"><input value="b"></p>',
        '<p style="color:#fff;background:#fff">a<input value="b"></p>',
        '<textarea style="display:none">b</textarea>',
        "<select><option hidden>b</select>",
        '<xml><p style="display:none">b</p></xml>',
        '<noscript><p style="opacity:0">b</p></noscript>',
        '<math><mphantom><mi>b</mi></mphantom><mi mathcolor="white">b</mi><mi mathsize="0">b</mi></math>',
        '<svg><text visibility="hidden">b</text><g display="none"><text>b</text></g><text style="fill: #FFF">b</text></svg>',
        '<svg><text opacity="0">b</text><text fill="none">b</text><text font-size="0">b</text></svg>',
        '<img class="emoji" alt="b" style="display:none">',
        '<q style="display:none">b</q>',
    ],
)
def test_what_is_hidden_is_not_spelled_out(raw: str) -> None:
    assert "b" not in clean(f"<p>a</p>{raw}").html.removeprefix("<p>a</p>").replace("<b", "")
