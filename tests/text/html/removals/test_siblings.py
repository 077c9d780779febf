from lxml import html as lxml_html

from intake.text.html.removals.siblings import SiblingOrder, Siblings


def test_orders() -> None:
    parent = lxml_html.fragment_fromstring("<div><!-- a --><p>a</p><b>b</b>c<p>d</p></div>")
    siblings = Siblings()
    assert [siblings.order(child) for child in parent.iter("p", "b")] == [
        SiblingOrder(1, 3, 1, 2), SiblingOrder(2, 2, 1, 1), SiblingOrder(3, 1, 2, 1),
    ]  # fmt: skip
    assert siblings.order(parent) == SiblingOrder(1, 1, 1, 1)
