from intake.documents.rtf.flow import Flow
from intake.documents.rtf.state import State


def test_plain_and_pard_reset_their_own_properties() -> None:
    state = State(Flow(), bold=True, hidden=True, right_to_left=True, level=2, skipped=2)
    assert state.plain() == state._replace(bold=False, hidden=False)
    assert state.paragraph() == state._replace(right_to_left=False, level=9)


def test_complex_scripts_have_formatting_of_their_own() -> None:
    state = State(Flow(), bold=True, complex_italic=True, underline=True, script="sup")
    assert state.marks() == ("b", "u", "sup")
    assert state._replace(is_complex=True).marks() == ("i", "u", "sup")
