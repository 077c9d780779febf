import pytest
from lxml import html as lxml_html

from intake.text.html.reader import parse
from intake.text.html.removals import stylesheet
from intake.text.html.removals.stylesheet import ROOT, Matcher, Place


def values(css: str, raw: str) -> list[dict[str, str]]:
    """Values of all elements of `raw`, in document order."""
    tree = parse(f"<style>{css}</style>")
    matcher = Matcher(stylesheet.rules(tree))
    found: list[dict[str, str]] = []

    def walk(element: lxml_html.HtmlElement, parent: Place, previous: Place) -> Place:
        place, matched = matcher.match(element, parent, previous)
        found.append(stylesheet.cascade(matched, element.get("style")))
        before = ROOT
        for child in element:
            before = walk(child, place, before)
        return place

    walk(lxml_html.fragment_fromstring(raw), ROOT, ROOT)
    return found


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p{opacity:0}", [0, 1, 0, 0]),
        ("div b{opacity:0}", [0, 0, 1, 0]),
        ("div > b{opacity:0}", [0, 0, 0, 0]),
        ("div > p > b{opacity:0}", [0, 0, 1, 0]),
        ("p + i{opacity:0}", [0, 0, 0, 1]),
        ("p ~ i, b{opacity:0}", [0, 0, 1, 1]),
        ("b + i{opacity:0}", [0, 0, 0, 0]),
        ("p:hover{opacity:0}", [0, 0, 0, 0]),
        ("p, q:bad{opacity:0}", [0, 0, 0, 0]),
        ("@media print{p{opacity:0}}", [0, 0, 0, 0]),
        ("@media screen, print{p{opacity:0}}", [0, 1, 0, 0]),
        ("@media not print{p{opacity:0}}", [0, 1, 0, 0]),
        ("@media only screen and (min-width:300px){p{opacity:0}}", [0, 1, 0, 0]),
        ("@media (max-width:600px){p{opacity:0}}", [0, 0, 0, 0]),
        ("@media (prefers-color-scheme:dark){p{opacity:0}}", [0, 0, 0, 0]),
        ("@supports (display:grid){@layer a{p{opacity:0}}}", [0, 1, 0, 0]),
        ("<!-- p{opacity:0} -->", [0, 1, 0, 0]),
        ("@import 'x'; @font-face{font-family:x} p{opacity:0}", [0, 1, 0, 0]),
        ("p{opacity:0", [0, 1, 0, 0]),
        ("div{color:red; b{opacity:0}}", [0, 0, 1, 0]),
        ("div{& > i{opacity:0} @media screen{opacity:0}}", [1, 0, 0, 1]),
        ("div{@media print{& b{opacity:0}}}", [0, 0, 0, 0]),
        ("@supports not (display:grid){p{opacity:0}}", [0, 0, 0, 0]),
        ("@media (width > 9px){p{opacity:0}}", [0, 1, 0, 0]),
        ("div :nth-child(2){opacity:0}", [0, 0, 0, 1]),
        (":root{--o:0} p{opacity:var(--o)} i{--o:1}", [0, 1, 0, 0]),
        ("i{opacity:var(--o)} b{opacity:var(--o, 0)}", [0, 0, 1, 0]),
    ],
)
def test_selects(css: str, expected: list[int]) -> None:
    found = values(css, "<div><p>a<b>b</b></p><i>c</i></div>")
    assert [int("opacity" in one) for one in found] == expected


@pytest.mark.parametrize(
    ("css", "style", "expected"),
    [
        ("p{opacity:0}.a{opacity:1}", "", "1"),
        (".a{opacity:1}p{opacity:0}", "", "1"),
        (".a{opacity:1}.a{opacity:.5}", "", ".5"),
        ("p.a{opacity:1}#i{opacity:.5}", "", ".5"),
        ("#i{opacity:0}", "opacity:1", "1"),
        ("p{opacity:0!important}#i{opacity:1}", "opacity:1", "0"),
        ("p{opacity:0!important}", "opacity:1!important", "1"),
    ],
)
def test_cascade(css: str, style: str, expected: str) -> None:
    assert values(css, f'<p class=a id=i style="{style}">a</p>') == [{"opacity": expected}]


@pytest.mark.parametrize("attributes", ["media=print", "type=text/less", "media='(max-width:100px)'"])
def test_style_elements_that_do_not_count(attributes: str) -> None:
    assert stylesheet.rules(parse(f"<style {attributes}>p{{opacity:0}}</style>")) == []


def test_limits() -> None:
    long = "p{opacity:0}" * (stylesheet.MOST_CHARS // 10)
    assert len(stylesheet.rules(parse(f"<style>{long}</style>"))) == stylesheet.MOST_COMPOUNDS
    assert stylesheet.rules(parse(f"<style>{'(' * 5000}</style>")) == []


def test_no_more_tests_than_allowed() -> None:
    matcher = Matcher(stylesheet.rules(parse("<style>p{opacity:0}</style>")))
    element = lxml_html.fragment_fromstring("<p>a</p>")
    matched = [bool(matcher.match(element, ROOT, ROOT)[1]) for _ in range(stylesheet.MOST_TESTS)]
    assert matched[0]
    assert not matched[-1]
