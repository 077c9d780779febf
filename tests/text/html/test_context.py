from lxml import html

from intake.text.html import styles
from intake.text.html.context import InlineContext, enter, formatted, linked, marked, within


def entered(raw: str, context: InlineContext, *, is_block: bool = True) -> InlineContext:
    element = html.fragment_fromstring(raw)
    return enter(context, element, styles.read(element.get("style") or ""), is_block=is_block)


def test_what_is_not_said_is_inherited() -> None:
    around = InlineContext(space="pre-wrap", font="symbol", direction="rtl")
    assert entered("<p>a</p>", around) == around


def test_what_is_said_counts() -> None:
    around = InlineContext(space="pre-wrap", font="symbol", direction="rtl")
    inside = entered('<p dir="LTR" style="white-space:normal;font-family:Arial">a</p>', around)
    assert (inside.space, inside.font, inside.direction) == ("", "", "ltr")


def test_a_direction_within_a_line_is_not_that_of_the_block() -> None:
    assert entered('<span dir="rtl">a</span>', InlineContext(), is_block=False).direction == ""


def test_formatting_of_styles() -> None:
    assert marked(InlineContext(), styles.read("font-weight:bold")).marks == {"strong"}


def test_a_change_leaves_the_rest() -> None:
    around = InlineContext(frozenset({"em"}), "https://a.example/", "pre", in_item=True, space="pre-wrap")
    assert within(around, "h2") == around._replace(leaf="h2")
    assert linked(around, None) == around._replace(href=None)
    assert formatted(around, frozenset()) == around._replace(marks=frozenset())
