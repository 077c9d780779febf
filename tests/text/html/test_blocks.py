from collections import Counter

from intake.text.html.blocks import BREAK, Box, Leaf, Run

BOLD = frozenset({"strong"})
NONE: frozenset[str] = frozenset()


def leaf(*runs: tuple[str, frozenset[str]], tag: str = "p") -> Leaf:
    found = Leaf(tag, [Run(text, marks, None) for text, marks in runs])
    found.normalize(Counter())
    return found


def test_neighbours_of_one_look_are_joined() -> None:
    assert leaf(("a", BOLD), ("b", BOLD), ("", NONE), ("c", NONE)).html() == "<strong>ab</strong>c"


def test_edges_are_trimmed() -> None:
    assert leaf((f" {BREAK}\n", NONE), ("\xa0a ", BOLD), (BREAK, NONE)).html() == "<strong>a</strong>"


def test_only_a_paragraph_of_several_lines_keeps_the_indent_of_its_first() -> None:
    assert leaf((f"\xa0{BREAK}\xa0\xa0a{BREAK}b", NONE)).html() == "\xa0\xa0a<br>b"
    assert leaf((f"{BREAK}\xa0a", NONE)).html() == "a"


def test_preformatted_text_keeps_its_indent() -> None:
    assert leaf(("\n\n  a\n", NONE), tag="pre").html() == "  a"


def test_space_alone_is_blank() -> None:
    assert leaf((" \xa0", BOLD)).is_blank


def test_spaces_have_no_formatting_that_nobody_sees() -> None:
    underlined = frozenset({"u", "strong"})
    assert leaf(("a", NONE), (" ", BOLD), ("b", NONE)).html() == "a b"
    assert leaf(("a", BOLD), (" ", BOLD), ("b", underlined)).html() == "<strong>a <u>b</u></strong>"
    assert leaf(("a", NONE), (" ", underlined), ("b", BOLD)).html() == "a<u> </u><strong>b</strong>"
    linked = Leaf("p", [Run("a", NONE, None), Run(" ", NONE, "https://e.example/"), Run("b", NONE, None)])
    linked.normalize(Counter())
    assert linked.html() == "a b"


def test_spaces_behind_an_indent_count() -> None:
    assert leaf((f"\xa0 \xa0 a{BREAK}b", NONE)).html() == "\xa0\xa0\xa0\xa0a<br>b"


def test_a_link_is_outermost_and_escaped() -> None:
    run = Run("a", BOLD, "https://e.example/?a&b")
    assert Leaf("p", [run]).html() == '<a href="https://e.example/?a&amp;b"><strong>a</strong></a>'


def test_one_paragraph_in_an_item_needs_no_tags() -> None:
    assert Box("li", children=[leaf(("a", NONE))]).element() == "<li>a</li>"
    two = Box("li", children=[leaf(("a", NONE)), leaf(("b", NONE))])
    assert two.element() == "<li><p>a</p><p>b</p></li>"


def test_prune_keeps_empty_cells() -> None:
    root = Box("body", children=[Box("ul", children=[Box("li")]), Box("tr", children=[Box("td")]), Box("hr")])
    root.prune()
    assert root.html() == "<tr><td></td></tr><hr>"
