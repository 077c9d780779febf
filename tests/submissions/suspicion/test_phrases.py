import pytest

from intake.submissions.suspicion.phrases import MOST, MOST_CHARACTERS, Phrases, problem
from intake.submissions.suspicion.tokens import tokens

LIST = Phrases.parse("Crypto bonus\n\n  кредит без отказа \n免费贷款\ncrypto  BONUS\n...")


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("A crypto-bonus, now!", ("phrase",)),
        ("A crypto bonuses", ()),
        ("КРЕДИТ\nбез   отказа", ("phrase",)),
        ("现在免费贷款", ("phrase",)),
        ("Crypto bonus, crypto bonus", ("phrase",)),
        ("Crypto bonus: кредит без отказа, 免费贷款", ("phrases",)),
        ("", ()),
    ],
)
def test_whole_words_are_found_whatever_their_case_and_spaces(text: str, signals: tuple[str, ...]) -> None:
    assert LIST.signals(tokens(text)) == signals


def test_a_phrase_is_listed_once_and_a_line_without_words_not_at_all() -> None:
    assert len(LIST.padded) == 3


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("fine\n" * MOST, ""),
        ("", ""),
        ("much\n" * (MOST + 1), "Please keep the list to"),
        ("x" * (MOST_CHARACTERS + 1), "Please keep each phrase"),
        ("fine\n?!", "“?!” has no word"),
    ],
    ids=["most", "empty", "too many", "too long", "no word"],
)
def test_a_list_has_limits(body: str, said: str) -> None:
    assert problem(body).startswith(said)
    assert bool(problem(body)) == bool(said)
