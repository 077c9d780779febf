import pytest

from intake.text import clean_body
from intake.text.html import removals
from intake.text.html.tags import DROPPED
from intake.text.report import (
    FALLBACK,
    FLAGS,
    KINDS,
    TOO_LONG,
    fallback,
    flag_words,
    for_contributor,
    sentence,
)
from intake.text.unicode.kinds import KINDS as INVISIBLE
from tests.photos.swapped import Swapped

# Only the readers of document formats report these kinds (tests/documents/test_kinds.py).
DOCUMENT_KINDS = {
    "moved", "template", "macro", "embedded", "external-link", "custom-data", "picture", "placeholder", "thumbnail",
}  # fmt: skip


def test_every_kind_that_is_removed_has_words() -> None:
    assert set(KINDS) - DOCUMENT_KINDS == {
        *INVISIBLE,
        *filter(None, DROPPED.values()),
        *removals.KINDS,
        "drawing",
        "image",
        "link",
        "space",
        "hyphen",
        "look-alike",
        "tracking",
        "invalid",
    }


def test_words_that_were_not_meant_for_print_come_first() -> None:
    assert tuple(KINDS)[: len(removals.KINDS)] == removals.KINDS


def test_says_what_was_removed() -> None:
    removed = clean_body("<script>1</script><p>a\u200bb\u200bc<img src=x>", format="html").removed
    assert sentence({"removed": removed}) == (
        "Removed: a script, a picture in the text, 2 zero-width characters."
    )


def test_says_to_the_contributor_what_was_removed() -> None:
    raw = "<p>a<del datetime=1>b</del>c<del datetime=1>d</del><a href='#cmnt_ref1'>e</a></p>"
    removed = clean_body(f"<p>f</p>{raw}", format="html").removed
    assert (
        for_contributor({"removed": {"deletion": 2} | removed})
        == "Removed from your text: a comment, 2 deleted passages."
    )
    assert for_contributor({"removed": {}}) == ""
    assert for_contributor({}) == ""
    assert for_contributor({"removed": {"comment": 1}}, Swapped()) == "Usunięto z tekstu: a comment."


def test_an_editors_own_text_has_no_report() -> None:
    assert sentence({}) == ""
    assert fallback({}) == ""
    assert sentence({"removed": {}}) == "Nothing had to be removed."


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("p\u0430ypal", "mixed-script"),
        ("a\ue000", "private-use"),
        ("a\u0378", "unassigned"),
        ("a\u2003b", "odd-space"),
        ("a расе to run", "look-alike"),
        ("葛\U000e0100", "variant"),
        ("<p>a\u2010b</p><p>c-d</p>", "hyphen"),
        ("don’t won\u02bct", "apostrophe"),
        ("a" + "\u0301" * 12, "combining-pile"),
        ("<s>a</s>", "struck-out"),
        ('<a href="https://evil.example">https://bank.example</a>', "disguised-link"),
    ],
)
def test_every_flag_has_words(text: str, flag: str) -> None:
    assert clean_body(text, format="html").flags == [flag]
    assert flag_words(flag) == FLAGS[flag]
    assert all(words.endswith(".") for words in FLAGS[flag])


def test_a_text_that_could_not_be_cleaned() -> None:
    assert fallback({"fallback": True}) == FALLBACK
    assert fallback({"fallback": True, "too_long": True}, Swapped()) == TOO_LONG
