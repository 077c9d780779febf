import pytest
from lxml import html as lxml_html

from intake.text.html.cleaning import clean
from intake.text.html.removals import nodes


def text(tree: lxml_html.HtmlElement) -> str:
    return str(lxml_html.tostring(tree, encoding="unicode"))


def test_texts_of_neighbours_are_joined_with_one_space() -> None:
    tree = lxml_html.fragment_fromstring(
        "<p>a <b>x</b> <b>y</b><b>z</b> c<i>d</i><b>x</b>e<u><b>y</b>f</u></p>"
    )
    assert nodes.drop_all(tree.iter("b")) == 5
    assert text(tree) == "<p>a c<i>d</i>e<u>f</u></p>"


def test_dropping_keeps_the_text_behind() -> None:
    tree = lxml_html.fragment_fromstring("<p>a<b>x</b>b<i>c</i>d<b>x</b>e</p>")
    for element in tree.findall("b"):
        nodes.drop(element)
    assert text(tree) == "<p>ab<i>c</i>de</p>"
    nodes.drop(tree)
    assert text(tree) == "<p>ab<i>c</i>de</p>"


@pytest.mark.parametrize(("joined", "number"), [(False, 3), (True, 2)])
def test_dropping_several(*, joined: bool, number: int) -> None:
    tree = lxml_html.fragment_fromstring("<p>a<b>x<b>y</b></b> <b>z</b>b<b> </b><b>w</b>c</p>")
    assert nodes.drop_all(tree.iter("b"), joined=joined) == number
    assert text(tree) == "<p>a bc</p>"


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("TrackChangeTextDeletion ice-del", {"track", "change", "text", "deletion", "ice", "del"}),
        ("data-op_user1", {"data", "op", "user"}),
        ("", set()),
        (None, set()),
    ],
)
def test_words_of_identifiers(identifier: str | None, words: set[str]) -> None:
    assert nodes.names(identifier) == words


def test_words_and_blanks() -> None:
    assert [nodes.has_words(one) for one in ("a", "1", "字", " \xa0.-", "", None)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert nodes.is_blank(lxml_html.fragment_fromstring("<p> <b>.</b></p>"))


def test_size_leaves_styles_out() -> None:
    assert nodes.size(lxml_html.fragment_fromstring("<p>ab<style>xyz</style>c</p>")) == 3


def test_texts_are_cut_by_their_place() -> None:
    tree = lxml_html.fragment_fromstring("<p>a<b>b</b>c<i>d</i>e</p>")
    seen = []

    def is_cut(event: str, element: lxml_html.HtmlElement) -> bool:
        seen.append((event, element.tag))
        return (event, element.tag) in {("tail", "b"), ("text", "i")}

    nodes.cut(tree, is_cut)
    assert text(tree) == "<p>a<b>b</b><i></i>e</p>"
    assert seen[:6] == [
        ("start", "p"),
        ("text", "p"),
        ("start", "b"),
        ("text", "b"),
        ("end", "b"),
        ("tail", "b"),
    ]


def test_classes() -> None:
    assert nodes.classes(lxml_html.fragment_fromstring("<p class='a  b\na'>x</p>")) == {"a", "b"}


def test_characters_that_xml_cannot_hold_are_no_obstacle() -> None:
    for raw in ("<p>a&#1;<b hidden>x</b>b</p>", "<p>a\ufffe<b hidden>x</b>b\x02</p>"):
        assert clean(raw).html == "<p>ab</p>"
