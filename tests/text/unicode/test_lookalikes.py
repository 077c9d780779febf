import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.unicode import lookalikes


def _written(text: str) -> str:
    chars = list(text)
    for edit in lookalikes.edits(text):
        chars[edit.place] = edit.new
    return "".join(chars)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it was а cold day", "it was a cold day"),
        ("nо, аt оf", "no, at of"),
        ("the ꓓay of 𐐬ne", "the Day of one"),
        ("Он пришёл c братом", "Он пришёл с братом"),
        ("Он ушёл. O нём забыли", "Он ушёл. О нём забыли"),
        ("ο man at the gate", "o man at the gate"),
        ("Το σπίτι o φίλος", "Το σπίτι ο φίλος"),
        ("це мати i син, і брат", "це мати і син, і брат"),
        ("the ɡuard", "the guard"),
        ("әкем əкем əже бəрі сəл, əр", "әкем әкем әже бәрі сәл, әр"),
        ("їхні ïх ïй, ïм", "їхні їх їй, їм"),
        ("a wᴏrd and ᴏf it", "a word and of it"),
        ("The pаper, the bоok, the dоor, the gаte", "The paper, the book, the door, the gate"),
    ],
)
def test_letters_in_disguise(text: str, expected: str) -> None:
    assert _written(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Петр I и Николай II, XX век, т. I, XXв.",
        "витамин C, класс A, план B",
        "работает в Co. и в BBC",
        "число a, число b",
        "IT-отдел, VIP-зал, SMSка",
        "του τόμου II και του I",
        "The words «а» and «о» are short",
        "p\u0430ypal",
        "Mail a@ex\u0430mple.org, see ex\u0430mple.org/nо",
        "He said: Это а не то",
        "5 μm, 3 Ω, 日本語Word",
        "the sound [ɡut]",
        "қазақ тілі мен әдебиеті, һәм і",
        "Ово је Јован и његов син",
        "ᎣᏏᏲ ᎣᏏᏲ",
        "Ⲁⲛⲟⲕ ⲡⲉ",
        "ꓡꓲ ꓢꓴ",
    ],
)
def test_others_stay(text: str) -> None:
    assert _written(text) == text


def test_longer_words_have_places() -> None:
    assert list(lookalikes.mixed("a pаper")) == [(2, 7)]
    assert list(lookalikes.disguised("a расе to run")) == [(2, 6)]
    assert list(lookalikes.disguised("the word СССР is Russian")) == []


def test_one_long_word_is_read_once() -> None:
    assert list(lookalikes.edits("аb" * 100_000)) == []
    assert sum(1 for _ in lookalikes.edits("а b " * 20_000)) == 20_000


@given(st.text("ao \u0430\u043e\u03bf\ua4d3\u0261水", max_size=8))
def test_letters_of_one_alphabet_have_no_edits(text: str) -> None:
    assert lookalikes.has_several(set(text)) or not list(lookalikes.edits(text))
