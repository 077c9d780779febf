from intake.text.unicode.edits import CharacterEdit, apply


def test_edits_find_their_run() -> None:
    edits = [CharacterEdit(0, ""), CharacterEdit(2, "xy"), CharacterEdit(3, "")]
    assert list(apply(["ab", "", "cd", "e"], edits)) == ["b", "", "xy", "e"]


def test_no_edits_change_nothing() -> None:
    assert list(apply(["ab", "c"], [])) == ["ab", "c"]
