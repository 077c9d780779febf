import pytest

from intake.messages.notes import mentioned, split_mentions

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
