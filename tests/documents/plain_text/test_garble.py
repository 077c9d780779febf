import random
import zlib

import pytest

from intake.documents.plain_text import garble

RUSSIAN = "Вчера у здания суда задержали троих, «адвокатов к ним не пустили». "
COMPRESSED = zlib.compress(RUSSIAN.encode() * 3 + random.Random(1).randbytes(1500))


@pytest.mark.parametrize("name", ["cp1251", "cp1252", "mac-cyrillic", "koi8-r", "utf-8", "latin-1"])
@pytest.mark.parametrize("before", ["", RUSSIAN * 400], ids=["alone", "behind prose"])
def test_compressed_bytes_are_no_text_in_any_encoding(name: str, before: str) -> None:
    printable = bytes(byte for byte in COMPRESSED if byte >= 32)
    assert garble.is_in(before + COMPRESSED.decode(name, "replace") + before)
    assert garble.is_in(before + printable.decode(name, "replace") + before)


def test_bytes_that_are_read_as_utf_16_are_no_text() -> None:
    assert garble.is_in(COMPRESSED.decode("utf-16-le", "replace"))


PROSE = {
    "Russian": RUSSIAN,
    "mixed alphabets": "Журналист Reuters и правозащитница из «Human Rights Watch» (HRW) ждали с 9:00 до 18:00. ",
    "Japanese": "昨夜、町で停電がありました。カメラはSONYのα7でした。 ",
    "Chinese": "他用iPhone15拍了3張照片，温度是−5℃，价格约￥300。 ",
    "Korean": "어젯밤 시내에 정전이 있었다. KBS는 2시간 뒤 보도했다. ",
    "Thai": "เมื่อคืนไฟดับในเมือง ชาวบ้านเขียนจดหมายถึงรัฐบาล๒ฉบับ ",
    "Arabic": "كتب السكان إلى الحكومة في ٢٠٢٦، ولم تجب BBC. ",
    "quotation marks of Windows": "\x93We don\x92t know\x94, he said \x96 and left. ",
    "emoji": "Ура 🎉🎉👩‍👩‍👧🇰🇿! Дождь ☔️☔️ весь день ❤️. ",
    "formulas": "Если α ≤ β и ∑x² → ∞, то √2·π ≈ 4,44 ± 0,01. ",
    "signs of a font": "\ue001\ue002\ue003 \ue004\ue005. ",
    "frames": "┌──┬──┐ │да│нет│ └──┴──┘ █▓▒░ ",
    "lost letters": "It\ufffds \ufffdover\ufffd, the l\ufffdwyer said to the judge of the court. ",
    "addresses": "https://example.org/путь?a=Б&b=2#c — там всё есть, и ещё data:image/png;base64,iVBORw0KGgoAAAANSUhEUg ",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_a_text(text: str) -> None:
    assert not garble.is_in(text * 60)


def test_a_few_odd_neighbours_are_no_sign() -> None:
    assert not garble.is_in("аБвГдЕ" * 3)
