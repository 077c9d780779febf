"""Searching by terms and links finds every text that contains the words, and phrases find no others."""

import random

import pytest

from intake.text.search import Clause, Lexeme, clauses, lexemes
from intake.text.terms.entry import Terms
from intake.text.terms.keyed_query import keyed_query
from intake.text.terms.keys import Generation

GENERATION = Generation(1, b"s" * 32, b"t" * 32)
KEY = GENERATION.keys[3]
WORDS = {
    "Latin": ("the", "ice", "of", "iceberg", "it", "l'hiver", "river", "Rivers", "a", "bank"),
    "Cyrillic": ("суд", "судья", "на", "выборы", "и", "өзен", "ёлка"),
    "Uyghur": ("ئۇيغۇر", "ئۇيغۇرلار", "بۇ", "مەكتەپ"),
    "Chinese": ("新", "疆", "维", "吾", "2026", "学"),
    "Thai": ("ท", "ที", "ไทย", "ก", "กา"),
}


def in_clear(text: str, clause: Clause) -> bool:
    """Return whether a text matches a clause, computed from the unhashed words and their positions."""
    places = {place.number: place for place in lexemes(text)}
    first = clause.lexemes[0].number
    return any(
        all(_fits(places.get(start + one.number - first), one, clause) for one in clause.lexemes)
        for start in places
    )


def _fits(here: Lexeme | None, wanted: Lexeme, clause: Clause) -> bool:
    if here is None:
        return False
    form = wanted.forms[0]
    long = wanted.kind == "last" or (wanted.kind == "word" and len(form) >= 3)
    if wanted is clause.lexemes[-1] and not clause.exact and long:
        forms = wanted.forms if clause.word else wanted.forms[:1]
        return any(own.startswith(one) for own in here.forms for one in forms)
    return form in here.forms


def keyed(text: str, typed: str) -> bool:
    terms = Terms()
    terms.add(text)
    stored = terms.keyed(KEY)
    found = keyed_query(clauses(typed), {}, [GENERATION])
    assert found
    place = GENERATION.keys.index(KEY)
    held = set(stored.vector.split())
    expression = found.terms[place].replace("&", " and ").replace("|", " or ").replace("!", " not ")
    for term in {part.split("'")[0] for part in found.terms[place].split("'")[1::2]}:
        expression = expression.replace(f"'{term}'", str(term in held))
    links = [set(map(int, one.links[place].strip("{}").split(","))) for one in found.phrases]
    return bool(eval(expression)) and all(one <= set(stored.links) for one in links)


@pytest.mark.parametrize("script", WORDS)
def test_what_is_found_in_clear_is_found_by_keyed_terms(script: str) -> None:
    chance, both = random.Random(script), 0
    space = "" if script in {"Chinese", "Thai"} else " "
    for _ in range(600):
        text = space.join(chance.choices(WORDS[script], k=chance.randint(1, 9)))
        some = space.join(chance.choices(WORDS[script], k=chance.randint(1, 3)))
        typed = chance.choice([some, f'"{some}"', some.replace(" ", "-")])
        wanted = clauses(typed)
        if wanted:
            expected = all(in_clear(text, clause) for clause in wanted)
            both += expected
            assert keyed(text, typed) or not expected, (text, typed)
    assert both > 60


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("the bank of the road and the end of the river", '"bank of the river"'),
        ("the ice and ice broke", '"the ice broke"'),
        ("broke the ice", '"ice broke"'),
        ("the iceberg, ice", '"the ice"'),
        ("维吾 吾尔", '"维吾尔"'),
        ("алма 1 ата", "Алма-Ата"),
    ],
)
def test_words_apart_are_no_phrase(text: str, typed: str) -> None:
    assert not keyed(text, typed)


def test_no_phrase_goes_across_two_fields() -> None:
    terms = Terms()
    terms.add("the ice")
    one = terms.keyed(KEY).links
    terms.add("broke")
    assert terms.keyed(KEY).links == one


def test_what_is_stored_has_no_position_and_no_word() -> None:
    terms = Terms()
    terms.add("river river of ice")
    stored = terms.keyed(KEY, frozenset({"rive"}))
    assert stored.vector.split() == sorted(stored.vector.split())
    assert len(stored.vector.split()) == len({"river", "riv-", "rive-", "of", "ice", "rive"})
    assert stored.links == sorted(stored.links)
    assert not any(word in stored.vector for word in ("river", "ice", ":"))


@pytest.mark.parametrize(
    "text",
    [
        "слово " * 50_000,
        "".join(map(chr, range(0x4E00, 0x9FFF))) * 5,
        " ".join(f"{number}" + "x" * 40 for number in range(10**7, 10**7 + 20_000)),
    ],
)
def test_no_text_is_too_large_for_postgresql(text: str) -> None:
    """Test that the terms fit into a tsvector, whose limit is 1 MB."""
    terms = Terms()
    terms.add(text)
    stored = terms.keyed(KEY)
    assert len(stored.vector) < 700_000
    assert len(stored.links) < 70_000
