"""Heads of quoted mails in HTML source: fields such as `From: … Sent: … To: …`, and `On … <a@b.org> wrote:`.

They are also found within a line, because damaged source may have lost its line breaks. Prose has no such rows of fields,
and no address with a time and a colon behind it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from intake.text.html.mail_lines import FROM
from intake.text.html.tags import IS_BLOCK

LONGEST = 400
"""Most characters between two fields, and before the address in a line that introduces a quotation."""
_FIELDS = 3
_DATES = (
    "date", "sent", "datum", "gesendet", "envoyé", "envoyé le", "fecha", "enviado", "enviado el", "enviado em", "enviada em",
    "data", "inviato", "verzonden", "skickat", "sendt", "lähetetty", "päivämäärä", "wysłano", "odesláno", "tarih", "gönderildi",
    "gönderme tarihi", "дата", "отправлено", "надіслано", "жіберілген", "жіберілді", "күні", "发送时间", "发送日期", "時間",
    "日期", "傳送日期", "送信日時", "日時", "보낸 날짜", "보낸날짜", "날짜", "تاريخ", "التاريخ", "تاریخ", "تم الإرسال", "ارسال شده", "נשלח", "תאריך",
)  # fmt: skip
_RECEIVERS = (
    "to", "cc", "bcc", "reply-to", "an", "kopie", "à", "pour", "para", "a", "aan", "till", "til", "vastaanottaja", "kopia", "do",
    "dw", "komu", "kime", "kimlere", "bilgi", "кому", "копия", "копія", "кімге", "көшірме", "收件人", "抄送", "收件者", "副本",
    "宛先", "받는 사람", "받는사람", "참조", "إلى", "الى", "نسخة", "به", "گیرنده", "אל", "עותק",
)  # fmt: skip
_SUBJECTS = (
    "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne", "aihe", "temat", "předmět", "konu",
    "тема", "тақырып", "тақырыбы", "主题", "主題", "主旨", "件名", "제목", "الموضوع", "موضوع", "נושא",
)  # fmt: skip
_VERBS = (
    "wrote", "writes", "schrieb", "écrit", "escribió", "scritto", "escreveu", "schreef", "skrev", "kirjoitti", "napisał",
    "napisała", "napsal", "napsala", "написал", "написала", "написав", "пишет", "пише", "жазды", "yazdı", "写道", "寫道",
    "書きました", "작성", "كتب", "نوشت", "כתב",
)  # fmt: skip


def _any(words: tuple[str, ...] | frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = r"(?:^|(?<=[\s>;*_|]))"
_FIRST = re.compile(rf"{_BEFORE}(?:{_any(FROM)})[ ]{{0,9}}[:：]", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(
    rf"{_BEFORE}(?:(?P<date>{_any(_DATES)})|(?P<receiver>{_any(_RECEIVERS)})|(?P<subject>{_any(_SUBJECTS)}))[ ]{{0,9}}[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[^\s<>@;:,()\[\]]{1,99}@[^\s<>@;:,()\[\]]{1,99}\.\w{2,20}")
# An address, a few words, and the colon behind which the quotation begins.
_LEADING = re.compile(
    rf"{_ADDRESS.pattern}[>)\]]?((?:\d{{1,2}}[:.]\d\d|[^\n:：.!?]){{0,60}})(?:：|:(?=\s|$))"
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ ]?[AP]\.?M\b\.?)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VERB = re.compile(_any(_VERBS), re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”»’)]?\s+(?=\w)|[。！？]|\n")
# Dates have dots too: `5. Januar`, `5 янв. 2026 г.`
_IN_DATE = re.compile(r"\d\s?\w{0,5}\.\s*$")
_TAG_OR_REFERENCE = re.compile(r"</?([a-zA-Z][^\s<>]*)[^<>]*>|&(?:lt|gt|nbsp|#160|#xa0);", re.IGNORECASE)


def without(source: str) -> tuple[str, int]:
    """Remove the heads from the source of a text, and return the rest with their number. Runs in linear time."""
    if "@" not in source:
        return source, 0
    words = _Words(source)
    kept: list[str] = []
    number = end = 0
    for start, stop in sorted([*_rows(words.text), *_leading_lines(words.text)]):
        if words.start(start) >= end:
            kept.append(source[end : words.start(start)])
            number, end = number + 1, words.end(stop)
    return "".join([*kept, source[end:]]), number


class _Words:
    """Text of a source without its tags. Only blocks and `<br>` break the lines of `text`."""

    def __init__(self, source: str) -> None:
        parts: list[str] = []
        # Start of each part in the text, and its start and end in the source.
        self._in_text: list[int] = []
        self._in_source: list[tuple[int, int]] = []
        self._length = 0
        place = 0
        for found in _TAG_OR_REFERENCE.finditer(source):
            parts += [
                self._part(source[place : found.start()].replace("\n", " "), place, found.start()),
                self._part(_shown(found), *found.span()),
            ]
            place = found.end()
        parts.append(self._part(source[place:].replace("\n", " "), place, len(source)))
        self.text = "".join(parts)

    def _part(self, text: str, start: int, end: int) -> str:
        if text:
            self._in_text.append(self._length)
            self._in_source.append((start, end))
            self._length += len(text)
        return text

    def start(self, place: int) -> int:
        """Place in the source of the character at a place in the text."""
        number = bisect_right(self._in_text, place) - 1
        return self._in_source[number][0] + place - self._in_text[number]

    def end(self, place: int) -> int:
        """Place in the source behind the character that stands before a place in the text."""
        number = bisect_right(self._in_text, place - 1) - 1
        following = self._in_text[number + 1] if number + 1 < len(self._in_text) else self._length
        start, end = self._in_source[number]
        return end if place == following else start + place - self._in_text[number]


def _shown(found: re.Match[str]) -> str:
    if not found[1]:
        return {"&lt;": "<", "&gt;": ">"}.get(found[0].lower(), " ")
    name = found[1].lower()
    return "\n" if name == "br" or name in IS_BLOCK else ""


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """Places of rows of fields that begin with the sender and name an address."""
    fields = list(_FIELD.finditer(text))
    starts = [field.start() for field in fields]
    end = 0
    for first in _FIRST.finditer(text):
        row = _row(fields, bisect_left(starts, first.end()), first.end())
        if first.start() < end or len(row) + 1 < _FIELDS:
            continue
        stop = _end_of_value(text, row[-1])
        if _ADDRESS.search(text, first.start(), stop):
            yield first.start(), stop
            end = stop


def _row(fields: list[re.Match[str]], number: int, place: int) -> list[re.Match[str]]:
    """Fields that follow each other from a place on. Only receivers may come more than once, as To and Cc do."""
    found: list[re.Match[str]] = []
    for field in fields[number : number + 2 * _FIELDS]:
        is_next = field.lastgroup == "receiver" or all(field.lastgroup != one.lastgroup for one in found)
        if field.start() > place + LONGEST or not is_next:
            break
        found.append(field)
        place = field.end()
    return found


def _end_of_value(text: str, field: re.Match[str]) -> int:
    """Place behind the value of the last field. Words that may follow it in the same line stay."""
    value = re.compile(r"\s{0,80}").match(text, field.end())
    start = value.end() if value else field.end()
    line_end = text.find("\n", start, start + LONGEST + 1)
    if line_end < 0:
        line_end = min(start + LONGEST + 1, len(text))
    line_start = text.rfind("\n", max(field.start() - LONGEST, 0), field.start()) + 1
    if line_end - start <= LONGEST and not text[line_start : field.start()].strip():
        return line_end
    if field.lastgroup == "subject":
        return field.end()
    pattern = _TIME if field.lastgroup == "date" else _ADDRESS
    last = start
    for found in pattern.finditer(text, start, min(line_end, start + LONGEST)):
        last = found.end()
    return last + (text[last : last + 1] == ">")


def _leading_lines(text: str) -> Iterator[tuple[int, int]]:
    """Places of lines that introduce a quotation, such as `On … <a@b.org> wrote:`."""
    for found in _LEADING.finditer(text):
        begin = max(found.start() - LONGEST, 0)
        starts = [0] if begin == 0 else []
        ends = (end.end() for end in _SENTENCE_END.finditer(text, begin, found.start()))
        starts += (end for end in ends if not _IN_DATE.search(text[max(end - 12, begin) : end]))
        has_verb = bool(_VERB.search(text, found.start(), found.end()))
        for start in reversed(starts):
            if _TIME.search(text, start, found.end(1)) and (
                has_verb or _YEAR.search(text, start, found.end(1))
            ):
                yield start, found.end()
                break
            if text[start - 1 : start] == "\n":
                break
