from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body, clean_line
from intake.text.addresses import mentions
from intake.text.html.allow_list import is_allowed
from intake.text.unicode import invisible

SAFELINK = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05%7C01%7Caigul%40example.kz%7Cabc"
TRACKED = "https://example.org/a?utm_source=x"
CHANGED = {
    TRACKED: "https://example.org/a",
    f"See {SAFELINK}.": "See https://example.org/a.",
    f"({TRACKED}), and": "(https://example.org/a), and",
    f"<{TRACKED}>": "<https://example.org/a>",
    f"«{TRACKED}» “{TRACKED}”": "«https://example.org/a» “https://example.org/a”",
    f"**{TRACKED}**": "**https://example.org/a**",
    f"[{TRACKED}]({TRACKED})": "[https://example.org/a](https://example.org/a)",
    f"'{TRACKED}','https://b.example'": "'https://example.org/a','https://b.example'",
    f"{TRACKED},https://b.example/?fbclid=1": "https://example.org/a,https://b.example/",
    f"看{TRACKED}谢谢大家": "看https://example.org/a谢谢大家",
    f"看{TRACKED}，请看：{TRACKED}。": "看https://example.org/a，请看：https://example.org/a。",
    f"{SAFELINK}谢谢": "https://example.org/a谢谢",
    "https://urldefense.com/v3/__https://example.org/a__;!!b!c$谢谢": "https://example.org/a谢谢",
    "https://ru.wikipedia.org/wiki/Тест_(a)?utm_source=x": "https://ru.wikipedia.org/wiki/Тест_(a)",
    "https://fa.wikipedia.org/wiki/می\u200cخواهم?utm_source=x": "https://fa.wikipedia.org/wiki/می\u200cخواهم",
    "https://пример.рф/?utm_source=x": "https://пример.рф/",
    "https://example.org/?q=тест&utm_source=x": "https://example.org/?q=%D1%82%D0%B5%D1%81%D1%82",
    "HTTPS://Example.org/?fbclid=1": "https://Example.org/",
    "https://exam\u200bple.org/?utm_source=x": "https://example.org/",
    "Watch youtu.be/a?si=b!": "Watch youtu.be/a!",
    "l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa": "https://example.org/a",
    "https://example.org/?a=1&amp;utm_source=x&amp;b=2": "https://example.org/?a=1&amp;b=2",
}
LEFT = [
    "", "://", "a = b ? c : d", "https://", "https://example.org/?", "https://example.org/?a=(b).", "why? x=1 (a.b/?c=d)",
    "ftp://example.org/?utm_source=x", "https://user:pw@example.org/?utm_source=x", "https://web.archive.org/web/1/https://a.example/?utm_source=x",
    "https://www.google.com/url?q=javascript:alert(1)", "name@example.org?utm_source=x",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHANGED.items())
def test_addresses_in_plain_text_are_cleaned(text: str, expected: str) -> None:
    cleaned = mentions.clean(text)
    assert cleaned.text == expected
    assert cleaned.removed[mentions.KIND] > 0


@pytest.mark.parametrize("text", LEFT)
def test_all_else_stays(text: str) -> None:
    assert mentions.clean(text).text == text
    assert not mentions.clean(text).removed


def test_every_way_in_is_cleaned() -> None:
    expected = "https://example.org/a"
    assert clean_line(f" {SAFELINK}\n") == expected
    assert clean_body(SAFELINK, format="plain").text == expected
    assert clean_body(f"- {SAFELINK}", format="light").html == f"<ul><li>{expected}</li></ul>"
    assert clean_body("<p>" + SAFELINK.replace("&", "&amp;"), format="html").html == f"<p>{expected}</p>"
    kept = clean_body("<b>" * 200 + SAFELINK, format="html")
    assert kept.fallback
    assert f"<b>{expected}</b>" in kept.text


@pytest.mark.parametrize(
    ("runs", "links", "expected"),
    [
        (["a https://e.example/?utm_", "source=x", " b"], [None] * 3, ["a https://e.example/", "", " b"]),
        (
            ["https://e.example/?a=1&utm_", "x=", "1&b=2 c"],
            [None] * 3,
            ["https://e.example/?a=1&b=2", "", " c"],
        ),
        ([TRACKED, TRACKED], ["https://a.example/", "https://b.example/"], ["https://example.org/a"] * 2),
        (["no address", ""], [None, None], ["no address", ""]),
    ],
)
def test_an_address_may_go_on_in_the_next_run(
    runs: list[str], links: list[str | None], expected: list[str]
) -> None:
    assert mentions.clean_runs(runs, links, Counter()) == expected


def test_marks_are_counted() -> None:
    html = f'<p>{TRACKED} and <a href="{TRACKED}">a <b>{TRACKED}</b></a>, but <a href="https://example.org/">this</a>'
    assert clean_body(html, format="html").removed == {mentions.KIND: 3}
    assert clean_body(f"{TRACKED} {TRACKED}", format="plain").removed == {mentions.KIND: 2}


WORDS = st.builds(
    str.__add__,
    st.sampled_from([" ", "\n", ". ", "), ", "é", "谢", "」", "。", "»", "<"]),
    st.text("ab, .)]é谢»\n(「", max_size=6),
)
ADDRESSES = st.sampled_from(
    [
        (SAFELINK, "https://example.org/a"),
        (TRACKED, "https://example.org/a"),
        ("https://b.example/", "https://b.example/"),
    ]
)


@given(st.lists(st.tuples(ADDRESSES, WORDS), max_size=4))
def test_the_rest_of_a_text_does_not_change(pairs: list[tuple[tuple[str, str], str]]) -> None:
    raw = "".join(f" {address[0]}{words}" for address, words in pairs)
    expected = "".join(f" {address[1]}{words}" for address, words in pairs)
    assert mentions.clean(raw).text == invisible.clean(expected).text


PIECES = st.sampled_from(
    [
        SAFELINK, TRACKED, "https://", "l.facebook.com/l.php?u=", "youtu.be/a?si=", "&fbclid", "&utm_x=1", "?", "=", "#", "&amp;", "%25", "%3A",
        "https://href.li/?", "https://urldefense.com/v3/__", "__;!!", "é", "谢", "می\u200cخ", "\u200b", "\u0301", "1\ufe0f\u20e3", "(", ")", "](",
        "*", ".", ",", "'", " ", "\n", "<b>", "</b>", "<wbr>", '<a href="https://a.example/?utm_a=1">', "</a>", "<br>", "\u2066", "\u2069",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = mentions.clean(raw).text
    assert mentions.clean(once).text == once
    line = clean_line(raw)
    assert clean_line(line) == line
    html = clean_body(raw, format="html").html
    assert clean_body(html, format="html").html == html
    assert is_allowed(html)
