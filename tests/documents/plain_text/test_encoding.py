import codecs
import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.documents.plain_text import encoding, garble
from intake.documents.refusal import DocumentRefused

RUSSIAN = "Вчера вечером у здания суда задержали троих, адвокатов к ним не пустили."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "mac-cyrillic"),
        ("Вчора ввечері біля суду затримали трьох, їхніх адвокатів не пустили.", "cp1251"),
        ("昨天晚上城里停电了，居民给政府写信。", "gb18030"),
        ("昨天晚上城裡停電了，居民給政府寫信，但是沒有回答。", "big5"),
        ("昨夜、町で停電がありました。住民は市役所に手紙を書いた。", "shift_jis"),
        ("昨夜、町で停電がありました。住民は市役所に手紙を書いた。", "euc-jp"),
        ("어젯밤 시내에 정전이 있었다. 주민들은 시청에 편지를 썼다.", "euc-kr"),
        ("انقطعت الكهرباء مساء أمس في المدينة وكتب السكان إلى الحكومة.", "cp1256"),
        ("Gestern fiel in der schönen Stadt der Strom aus, natürlich für Stunden.", "cp1252"),
        ("Dün akşam şehirde elektrik kesildi, sakinler belediyeye mektup yazdı.", "cp1254"),
    ],
)
def test_legacy_encodings_are_guessed_and_told(text: str, name: str) -> None:
    decoded = encoding.decode(text.encode(name))
    assert decoded.text == text
    assert list(decoded.notes) == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_decides(mark: bytes, name: str) -> None:
    assert encoding.decode(mark + RUSSIAN.encode(name)) == encoding.Decoded(RUSSIAN)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zero_bytes(name: str) -> None:
    assert encoding.decode(RUSSIAN.encode(name)).text == RUSSIAN


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_never_guessed(text: str) -> None:
    # Random letters of many alphabets may look like a ZIP archive that was decoded as text (`garble`).
    assume(not garble.is_in(text) and not text.startswith("\ufeff"))
    assert encoding.decode(text.encode()).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "L’été dernier, où était-il ? Déjà arrêté. ",
        "Die Wärter schlugen die Türen zu, und später hörten wir Schüsse. ",
    ],
)
@pytest.mark.parametrize("times", [1, 3, 9])
def test_accents_are_no_other_alphabet(text: str, times: int) -> None:
    assert encoding.decode((text * times).encode("cp1252")).text == text * times


def test_one_damaged_letter_leaves_utf_8() -> None:
    data = RUSSIAN.encode() * 2
    decoded = encoding.decode(data + b"\xff" + data[:-2])
    assert decoded.text.count("\ufffd") == 2
    assert decoded.text.count("адвокатов") == 4
    assert list(decoded.notes) == ["encoding-damaged"]


@pytest.mark.parametrize(
    "data", [b"a\0b", b"\0" * 20, bytes(range(32)) * 9, b"\x01\x02\x03\x04" * 30 + b"\xff"]
)
def test_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"unknown|damaged"):
        encoding.decode(data)


def test_a_stray_control_character_is_no_reason() -> None:
    assert encoding.decode(b"end of a DOS text\x1a\x05").text.startswith("end")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(DocumentRefused):
        assert "\0" not in encoding.decode(data).text
