import pytest
import tinycss2
from lxml import html as lxml_html

from intake.text.html.removals import selector_tokens, selectors
from intake.text.html.removals.siblings import Siblings


def parse(selector: str) -> list[list[selectors.Compound]]:
    return selectors.parse(selector_tokens.split(tinycss2.parse_component_value_list(selector)))


def passes(selector: str, raw: str) -> bool:
    element = lxml_html.fragment_fromstring(f"<div>{raw}</div>")[0]
    return selectors.passes(parse(selector)[0][0], selectors.facts(element, Siblings()))


@pytest.mark.parametrize(
    ("selector", "raw", "expected"),
    [
        ("*", "<p>a", True), ("P", "<p>a", True), ("b", "<p>a", False), (".a", "<p class='b a'>a", True), (".A", "<p class=a>a", False),
        ("#i", "<p id=i>a", True), ("p.a.b", "<p class='a b'>a", True), ("p.a.b", "<p class=a>a", False),
        ("[x]", "<p x>a", True), ("[x]", "<p>a", False), ("[class~=b]", "<p class='a b'>a", True), ("[x^='a']", "<p x=ab>a", True),
        ("[x$=b]", "<p x=ab>a", True), ("[x*=b]", "<p x=abc>a", True), ("[x|=en]", "<p x=en-US>a", True), ("[x=A i]", "<p x=a>a", True),
        ("p:not(.a)", "<p>a", True), ("p:not(.a, .b)", "<p class=b>a", False), (":is(b, p)", "<p>a", True), ("p:hover", "<p>a", False),
        (":first-child", "<p>a", True), ("a:link", "<a href=x>a</a>", True), ("p:empty", "<p>a", False), ("*|p", "<p>a", True), ("x|p.a", "<p class=a>a", True), ("|p", "<p>a", True),
        ("p:nth-child(1)", "<p>a<p>b", True), ("p:nth-child(2n)", "<p>a<p>b", False), ("p:nth-last-child(odd)", "<p>a<p>b", False),
        ("p:nth-last-child(2)", "<p>a<p>b", True), ("p:nth-of-type(-n + 1)", "<p>a<p>b", True), ("p:first-of-type", "<p>a<p>b", True),
        ("p:last-of-type", "<p>a<p>b", False), ("p:last-of-type", "<p>a<b>b</b>", True), ("p:only-of-type", "<p>a<b>b</b>", True), ("o\\:p", "<p>a", False),
    ],
)  # fmt: skip
def test_compounds(selector: str, raw: str, *, expected: bool) -> None:
    assert passes(selector, raw) == expected


@pytest.mark.parametrize(
    "selector",
    [
        "",
        ">",
        "p >",
        "p,",
        "p:has(b)",
        "p:nth-child(x)",
        "p:nth-child(2 of b)",
        "p:not()",
        "p:not(a b)",
        "p..a",
        "p.",
        "[=x]",
        "[x y]",
        "p%",
        "p:",
        "a " * 60,
    ],
)
def test_other_selectors_are_ignored(selector: str) -> None:
    with pytest.raises(selectors.Unsupported):
        parse(selector)


def test_chains() -> None:
    chain = parse("div > p.a  b+i~u")[0]
    assert [(one.combinator, one.key) for one in chain] == [
        ("", "div"),
        (">", ".a"),
        (" ", "b"),
        ("+", "i"),
        ("~", "u"),
    ]


def test_elements_that_css_makes_have_no_words_of_the_text() -> None:
    assert parse("p::before") == []


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", (0, 0, 1)),
        ("#a.b p", (0, 0, 1)),
        ("p#a.b[c]:hover", (1, 3, 1)),
        (":where(#a)", (0, 0, 0)),
        (":not(#a, b)", (1, 0, 0)),
    ],
)
def test_specificity(selector: str, expected: selectors.Specificity) -> None:
    assert parse(selector)[0][-1].specificity == expected


def test_keys() -> None:
    element = lxml_html.fragment_fromstring("<p id=i class='a b'>x</p>")
    assert sorted(selectors.keys(selectors.facts(element, Siblings()))) == ["#i", "*", ".a", ".b", "p"]
