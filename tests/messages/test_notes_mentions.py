import pytest

from intake.messages.notes import mentioned, split_mentions, unknown_mentions

PEOPLE = {1: "Asel Nurbekova", 2: "Tomáš Havlík", 3: "Miriam Osei", 4: "Miriam Lang", 5: "李 明"}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("nobody", []),
        ("@asel please", [1]),
        ("(@Tomáš) and @ASEL NURBEKOVA.", [1, 2]),
        ("@Miriam is two people", []),
        ("@miriam osei is one", [3]),
        ("@Aselina is somebody else, mail asel@example.org too", []),
        ("@Aselina and @asel", [1]),
        ("@李，请看", [5]),
        ("@", []),
        ("@Tomas, and @tomas havlik", [2]),
        ("@Toma\u0301s\u030c, with combining marks", [2]),
    ],
)
def test_mentions_in_a_note(text: str, whom: list[int]) -> None:
    assert mentioned(text, PEOPLE) == whom


def test_somebody_without_a_name_is_never_called() -> None:
    assert mentioned("@ @", {1: ""}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Asel Nurbekova, look", [("@Asel Nurbekova", True), (", look", False)]),
        ("see @asel.", [("see ", False), ("@asel", True), (".", False)]),
        ("@Aselya", [("@Aselya", False)]),
        ("", []),
    ],
)
def test_a_text_is_split_at_its_mentions(text: str, found: list[tuple[str, bool]]) -> None:
    assert split_mentions(text, ("Asel Nurbekova",)) == found


def test_a_text_without_mentions_is_one_part() -> None:
    assert split_mentions("@Asel", ()) == [("@Asel", False)]


def test_a_name_with_accents_belongs_to_one_person() -> None:
    people = {1: "Tomáš Novák", 2: "Tomas Novak"}
    assert mentioned("@Tomáš", people) == mentioned("@Tomáš Novák", people) == [1]
    assert mentioned("@Tomas Novak", people) == [2]
    assert mentioned("@Tomaš", people) == []


def test_vowel_signs_of_other_scripts_are_no_accents() -> None:
    assert mentioned("@မမ", {1: "မိုမို"}) == []


def test_two_people_of_one_name_are_both_mentioned() -> None:
    assert mentioned("@Miriam Osei", {1: "Miriam Osei", 2: "Miriam Osei"}) == [1, 2]


def test_a_text_is_split_at_a_name_without_its_accents() -> None:
    parts = split_mentions("ß: @tomas havlik, look", ("Tomáš Havlík",))
    assert parts == [("ß: ", False), ("@tomas havlik", True), (", look", False)]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("@Tomas, @Tomasz and @Karl, then @Karl again", ["@Tomasz", "@Karl"]),
        ("mail asel@example.org, at 5 @ home", []),
        ("nobody", []),
    ],
)
def test_words_after_an_at_that_mention_nobody(text: str, unknown: list[str]) -> None:
    assert unknown_mentions(text, ("Tomáš Havlík",)) == unknown
