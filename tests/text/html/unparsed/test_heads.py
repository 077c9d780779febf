import pytest

from intake.text.html.unparsed import heads

ROWS = {
    "Outlook": "<p><b>From:</b> Aigul &lt;<a>a@e.org</a>&gt;<br><b>Sent:</b> Monday, 10:11<br><b>To:</b> x<br><b>Subject:</b> y</p>",
    "rows of a table": "<tr><td>Von:</td><td>Aigul a@e.org</td></tr><tr><td>Datum:</td><td>5.1.</td></tr><tr><td>An:</td><td>x</td></tr>",
    "one line": "From: Aigul &lt;a@e.org&gt; Sent: Monday, 5 January 10:11 To: b@e.org; Subject:",
    "one line without a subject": "From: Aigul [a@e.org] Date: 10:11 AM To: Bota; b@e.org Cc: &lt;c@e.org&gt;",
    "Russian": "От: Айгуль a@e.org<br>Отправлено: 5 января 10:11<br>Кому: x<br>Тема: y<br>",
    "Kazakh": "Кімнен: Айгүл a@e.org Жіберілген: 10:11 Кімге: b@e.org Тақырып:",
    "Chinese": "<div>发件人： a@e.org</div><div>发送时间： 2026</div><div>收件人： x</div><div>主题： y</div>",
    "Arabic": "من: a@e.org<br>تاريخ: 10:11<br>إلى: x<br>الموضوع: y<br>",
    "Turkish": "Kimden: a@e.org<br>Gönderildi: 10:11<br>Kime: x<br>Konu: y<br>",
    "French": "De : a@e.org<br>Envoyé : lundi<br>À : x<br>Objet : y<br>",
}  # fmt: skip
LINES = {
    "Gmail": "On Mon, Jan 5, 2026 at 10:11 AM Aigul &lt;<a>a@e.org</a>&gt; wrote:",
    "wrapped": "On Mon, Jan 5, 2026 at\n10:11 Aigul\n&lt;a@e.org&gt; wrote:",
    "German": "Am 5. Januar 2026 um 10:11 schrieb Aigul &lt;a@e.org&gt;:",
    "Russian": "пн, 5 янв. 2026 г. в 10:11, Айгуль &lt;a@e.org&gt;:",
    "Kazakh": "2026 ж. 5 қаң., дс 10:11, Айгүл &lt;a@e.org&gt; мынаны жазды:",
    "Chinese": "Aigul &lt;a@e.org&gt; 于2026年1月5日 10:11写道：",
    "bare address": "On 5 Jan 2026, at 10:11, a@e.org wrote:",
}


@pytest.mark.parametrize(
    "head", [*ROWS.values(), *LINES.values()], ids=[*ROWS, *(f"{name} line" for name in LINES)]
)
@pytest.mark.parametrize(
    ("before", "behind"),
    [("", ""), ("Words before. ", " Words behind."), ("<p>Before</p>", "<p>behind</p>"), ("Before<br>", "<br>behind")],
    ids=["alone", "in a line", "paragraphs", "line breaks"],
)  # fmt: skip
def test_heads_go_and_words_around_them_stay(before: str, head: str, behind: str) -> None:
    kept, number = heads.without(before + head + behind)
    assert number == 1
    assert not any(name in kept for name in ("e.org", "Aigul", "Айг"))
    for words in (before, behind):
        assert words.strip() in kept


@pytest.mark.parametrize(
    "prose",
    [
        "From: the start, to: the end.",
        "Write to Aigul &lt;a@e.org&gt;: she answers.",
        "Since 2020 the editor &lt;a@e.org&gt; says: no.",
        "On Monday at 10:11 the minister wrote: no.",
        "From: a@e.org. Nothing else.",
        "Kurs um 10:11 Uhr. Anmeldung bei a@e.org",
        "To: a@e.org, Subject: x, Date: y",
    ],
)
def test_prose_stays(prose: str) -> None:
    assert heads.without(prose) == (prose, 0)


def test_each_head_is_counted() -> None:
    assert heads.without(f"{ROWS['Russian']}a<br>{LINES['Gmail']}<br>b {ROWS['one line']} c") == (
        "<br>a<br><br>b  c",
        3,
    )
