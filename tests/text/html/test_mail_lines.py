import pytest

from intake.text import clean_body

MAIL = "aigul@example.kz"
LINE = f"On Mon, 2 Jan 2026 at 10:00, Aigul &lt;{MAIL}&gt; wrote:"
FIELDS = f"<b>From:</b> Aigul &lt;{MAIL}&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Somebody"


@pytest.mark.parametrize(
    "head",
    [
        f"<div class=protonmail_quote>{LINE}<br><blockquote>Old.</blockquote></div>",
        f"<br>{LINE}<br><blockquote>Old.</blockquote>",
        f"<p>More.<br><br>On Mon, 2 Jan 2026 Aigul<br>&lt;{MAIL}&gt; wrote:</p><hr><blockquote>Old.</blockquote>",
        f"<blockquote>{LINE}<br>&nbsp;<div>Old.</div></blockquote>",
        f"<div class=yahoo_quoted><div><div>{LINE}</div><div>Old.</div></div></div>",
        f"<p>{FIELDS}</p><p>Old.</p>",
        f"<div><div><b>发件人：</b>Aigul &lt;{MAIL}&gt;;</div><div><b>时间：</b>10:00</div><div><b>收件人：</b>x;</div></div>Old.",
    ],
)
def test_a_head_without_marks_is_removed_and_told(head: str) -> None:
    cleaned = clean_body(f"<p>My text.</p>{head}", format="html")
    assert MAIL not in cleaned.html
    assert cleaned.text.startswith("My text.")
    assert cleaned.text.endswith("Old.")
    assert cleaned.removed["mail-head"] == 1
    assert clean_body(cleaned.html, format="html").html == cleaned.html


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{LINE}</p><p>No quotation.</p>",
        f"<blockquote>On 2 January 2026 we wrote to {MAIL}:</blockquote>",
        f"<p><b>Contact:</b> {MAIL}<br><b>Date:</b> 10:00<br><b>Place:</b> here</p>",
        f"<p><b>From:</b> Almaty<br>{MAIL}<br><b>To:</b> Astana</p>",
        f"<p>From: {MAIL}<br>Sent: Monday<br>To: x</p>",
    ],
)
def test_the_text_itself_stays(text: str) -> None:
    cleaned = clean_body(text, format="html")
    assert "mail-head" not in cleaned.removed
    assert MAIL in cleaned.text


def test_several_heads_above_one_quotation_go_at_once() -> None:
    raw = f"<p>a<br>{LINE}<br>{LINE}</p><p>{LINE}</p><blockquote><p>{LINE}</p><p>{LINE}</p>b</blockquote>"
    cleaned = clean_body(raw, format="html")
    assert cleaned.html == "<p>a</p><blockquote><p>b</p></blockquote>"
    assert cleaned.removed == {"mail-head": 5}


def test_many_heads_are_read_once() -> None:
    raw = "<p>" + "a@b.cc 2020:<br>" * 15_000 + "</p><blockquote>b</blockquote>"
    assert clean_body(raw, format="html").removed == {"mail-head": 15_000}
