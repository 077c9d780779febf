import pytest

from intake.text import clean_body

MAIL = "aigul@example.kz"
LINE = f"On Mon, 2 Jan 2026 at 10:00, Aigul &lt;<a href='mailto:{MAIL}'>{MAIL}</a>&gt; wrote:"


@pytest.mark.parametrize(
    "head",
    [
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{LINE}<br></div><blockquote class="gmail_quote">Old.</blockquote></div>',
        f'<div class="moz-cite-prefix">{LINE}<br></div><blockquote type="cite">Old.</blockquote>',
        f'<blockquote type="cite"><div>{LINE}</div><br class="Apple-interchange-newline"><div>Old.</div></blockquote>',
        f'<div>02.01.2026, 10:00, "Aigul" &lt;{MAIL}&gt;:</div><blockquote>Old.</blockquote>',
        f"<p>{LINE}</p><br><blockquote>Old.</blockquote>",
        f'<div id="divRplyFwdMsg"><b>From:</b> Aigul &lt;{MAIL}&gt;<br><b>Sent:</b> Monday</div><div>Old.</div>',
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt'><p class=MsoNormal><b>From:</b> Aigul "
        f"&lt;{MAIL}&gt; <br><b>Sent:</b> Monday<br><b>To:</b> Somebody<br><b>Subject:</b> News</p></div><p>Old.</p>",
        f'<div data-marker="__HEADERS__"><b>From: </b>{MAIL}</div><div>Old.</div>',
    ],
)
def test_the_head_of_a_quoted_mail_is_removed_and_told(head: str) -> None:
    cleaned = clean_body(f"<p>My text.</p>{head}", format="html")
    assert MAIL not in cleaned.html
    assert "My text." in cleaned.html
    assert "Old." in cleaned.html
    assert cleaned.removed["mail-head"] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Write to {MAIL}:</p><blockquote>Dear all</blockquote>",
        "<p>On 2 January 2026 at 10:00 he said:</p><blockquote>Never.</blockquote>",
        f"<p>On 2 January 2026 {MAIL} wrote:</p><p>No quotation.</p>",
        "<div style='border-top:solid 1pt'><p><b>Note:</b> words</p></div>",
    ],
)
def test_a_line_of_the_text_itself_stays(text: str) -> None:
    cleaned = clean_body(text, format="html")
    assert "mail-head" not in cleaned.removed
    assert cleaned.text.split() == clean_body(text.replace("blockquote", "p"), format="html").text.split()
