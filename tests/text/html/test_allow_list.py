import pytest

from intake.text.html.allow_list import is_allowed


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a &lt; b &amp; c</p>",
        '<p><a href="https://e.example/?a=1&amp;b=2">x</a></p>',
        '<ol start="2"><li>a</li></ol>',
        '<ol reversed="reversed" start="0" type="i"><li dir="rtl" id="note-1" value="-7">a</li></ol>',
        '<p dir="ltr">a</p><table dir="rtl"><tbody><tr><td dir="rtl">a</td></tr></tbody></table>',
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
        '<p dir="auto">a</p>',
        '<p dir="RTL">a</p>',
        '<strong dir="rtl">a</strong>',
        '<ol start="01"><li>a</li></ol>',
        '<ol start="-0"><li>a</li></ol>',
        '<ol start="1234567"><li>a</li></ol>',
        '<ol type="disc"><li>a</li></ol>',
        '<ol reversed=""><li>a</li></ol>',
        '<ol><li type="a">a</li></ol>',
        '<p value="1">a</p>',
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
