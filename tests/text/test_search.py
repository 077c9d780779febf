"""Search terms of a text. tests/actions/test_index.py tests that PostgreSQL finds them."""

import pytest

from intake.text.search import CLAUSES, Query, clauses, languages_of, lexemes, query


def forms(text: str) -> list[tuple[str, ...]]:
    return [place.forms for place in lexemes(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ice broke.", [("the",), ("ice",), ("broke",)]),
        ("Алма-Ата, 2026", [("алма",), ("ата",), ("2026",)]),
        ("l’élection", [("lelection", "election")]),
        ("o‘zbek oʻzbek", [("ozbek", "zbek"), ("ozbek",)]),
        ("می‌خواهم", [("ميخواهم", "خواهم")]),
        ("新疆维吾尔", [("新疆",), ("疆维",), ("维吾",), ("吾尔",), ("尔",)]),
        ("新", [("新",)]),
        ("ABC新疆2026年", [("abc",), ("新疆",), ("疆",), ("2026",), ("年",)]),
        ("ไทย", [("ไท",), ("ทย",), ("ย",)]),
        ("မြန်မာ", [("မြန်",), ("န်မာ",), ("မာ",)]),
        ("བོད་སྐད་", [("བོད",), ("སྐད",)]),
        ("선거에서", [("선거",), ("거에",), ("에서",), ("서",)]),
        ("… — ___ “”", []),
    ],
)
def test_words_and_pairs(text: str, found: list[tuple[str, ...]]) -> None:
    assert forms(text) == found


def test_of_a_long_word_the_beginning_counts() -> None:
    assert forms("x" * 1000) == [("x" * 40,)]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("river", "('river':*)"),
        ("it", "('it')"),
        ("ice river", "('ice':*) & ('river':*)"),
        ('"the ice broke"', "('the' <1> 'ice' <1> 'broke')"),
        ("“the ice”", "('the' <1> 'ice')"),
        ("ice -river", "('ice':*) & !('river':*)"),
        ("Алма-Ата", "('алма' <1> 'ата':*)"),
        ("新疆", "('新疆')"),
        ("维吾尔", "('维吾' <1> '吾尔')"),
        ("新", "('新':*)"),
        ("新疆2026", "('新疆' <2> '2026':*)"),
        ("l'élection", "('lelection':* | 'election':*)"),
        ("", None),
        ("-river", None),
        ("…", None),
        ("'); DROP TABLE --", "('drop':*) & ('table':*)"),
        ("a\\b ':*", "('a' <1> 'b')"),
    ],
)
def test_what_people_type(typed: str, asked: str | None) -> None:
    found = query(clauses(typed), {})
    assert (found.exact if found else None) == asked


def test_stems_are_other_ways_to_say_a_word_and_not_a_phrase() -> None:
    stems = {"выборы": frozenset({"выбор"})}
    assert query(clauses("выборы"), stems) == Query("('выборы':* | 'выбор')", "('выборы':* | 'выбор')")
    assert query(clauses('"выборы"'), stems) == Query("('выборы')", "('выборы')")


@pytest.mark.parametrize(
    ("typed", "loose"),
    [
        ('"the ice" broke', "('the' & 'ice') & ('broke':*)"),
        ("维吾尔", "('维吾' & '吾尔')"),
        ("新疆2026", "('新疆' & '2026':*)"),
        ('ice -"the river" -sea', "('ice':*) & !('sea':*)"),
    ],
)
def test_an_index_does_not_know_what_stands_beside_what(typed: str, loose: str) -> None:
    found = query(clauses(typed), {})
    assert found
    assert found.loose == loose != found.exact


def test_nobody_asks_for_more_than_a_database_can_answer() -> None:
    assert len(clauses("ab " * 100)) == CLAUSES


@pytest.mark.parametrize(
    ("word", "language"),
    [("выборы", "ru"), ("election", "en"), ("كتاب", "ar"), ("εκλογές", "el"), ("चुनाव", "hi")],
)
def test_a_script_tells_of_which_languages_a_word_may_be(word: str, language: str) -> None:
    assert language in languages_of(word)


def test_some_words_have_no_language_with_stems() -> None:
    assert languages_of("2026") == languages_of("新") == ()
