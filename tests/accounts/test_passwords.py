import pytest

from intake.accounts.passwords import COMMON, OWN_WORDS, REPEATED, TOO_LONG, TOO_SHORT, password_problem

ASEL = ("Asel Nurbekova", "asel.n@example.org", "The Transom")


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("eleven char", TOO_SHORT % {"count": 12}),
        ("", TOO_SHORT % {"count": 12}),
        ("x" * 201, TOO_LONG % {"count": 200}),
        ("aaaaaaaaaaaa", REPEATED % {"count": 5}),
        ("abababababab", REPEATED % {"count": 5}),
        ("aaaabbbbccccdddd", REPEATED % {"count": 5}),
        ("password1234", COMMON),
        ("Password123!", COMMON),
        ("qwertyuiop12", COMMON),
        ("123456789012", COMMON),
        ("iloveyou1234", COMMON),
        ("abcdefabcdefabcdef", COMMON),
        ("nurbekova and the kettle", OWN_WORDS),
        ("kettle NURBEKOVA uphill", OWN_WORDS),
        ("four words for Asel now", OWN_WORDS),
        ("four words for a.s.e.l now", OWN_WORDS),
        ("asel.n likes kettles uphill", OWN_WORDS),
        ("the transom kettle uphill", OWN_WORDS),
        ("ＴＲＡＮＳＯＭ kettle uphill", OWN_WORDS),
    ],
)
def test_point_48_a_weak_password_is_refused_with_what_to_do(password: str, problem: str) -> None:
    assert password_problem(password, ASEL) == problem


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "4f7 kettle uphill",
        "кто то там сидит",
        "x" * 3 + "kettle-uphill-moon",
        "窗外有四只鸟在唱歌给谁听",
    ],
)
def test_point_48_a_good_password_is_taken(password: str) -> None:
    assert password_problem(password, ASEL) == ""


@pytest.mark.parametrize(
    ("name", "password"), [("李明", "李明 kettle uphill"), ("Ли Мин", "ли kettle uphill moon")]
)
def test_point_48_short_names_of_other_scripts_count(name: str, password: str) -> None:
    assert password_problem(password, (name,)) == OWN_WORDS


def test_point_48_short_latin_words_do_not_count() -> None:
    assert password_problem("annual kettle uphill", ("Ann Lee", "al@example.org")) == ""


def test_point_48_every_sentence_says_what_to_do() -> None:
    for sentence in (TOO_SHORT, OWN_WORDS, REPEATED, COMMON):
        assert sentence.endswith("Four or five unrelated words are good.")


def test_point_48_checking_a_long_password_takes_no_list_of_its_length() -> None:
    """Longer texts than zxcvbn accepts are cut, so that they raise no error."""
    assert password_problem("kettle uphill moon river " * 8, ()) == ""
