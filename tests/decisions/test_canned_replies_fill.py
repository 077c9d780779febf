from intake.decisions.canned_replies import PLACEHOLDERS, fill


def test_placeholders_are_filled_in_once_and_other_braces_stay() -> None:
    values = {"title": "{magazine}", "magazine": "The Transom"}
    assert set(values) == set(PLACEHOLDERS)
    assert (
        fill("{magazine}: “{title}” {x} {0} {{title}}", values)
        == "The Transom: “{magazine}” {x} {0} {{magazine}}"
    )
