import pytest

from intake.text.html.allow_list import is_allowed


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a &lt; b &amp; c</p>",
        '<p><a href="https://e.example/?a=1&amp;b=2">x</a></p>',
        '<ol start="2"><li>a</li></ol>',
    ],
)
def test_holds(html: str) -> None:
    assert is_allowed(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<p onclick=x>a</p>",
        '<p onclick="x">a</p>',
        '<p style="x">a</p>',
        '<a href="javascript:x">a</a>',
        '<a href="//e.example">a</a>',
        '<a href="https://u:p@e.example/">a</a>',
        '<a href="HTTPS://e.example/">a</a>',
        '<td colspan="x">a</td>',
        '<a href="#x">a</a>',
        "<img>",
        "a < b",
        "<!-- a -->",
        "<p",
        "<P>a</P>",
        "<svg><p>a</p></svg>",
    ],
)
def test_does_not_hold(html: str) -> None:
    assert not is_allowed(html)
