import pytest
from lxml import html as lxml_html

from intake.text.html.removals import boxes, declarations

HIDDEN = [
    ("<p>", "display:none"), ("<p>", "mso-hide:all"), ("<p>", "content-visibility:hidden"), ("<p hidden>", ""), ("<p hidden=until-found>", ""),
    ("<p popover>", ""), ("<dialog>", ""), ("<p>", "text-indent:-9999px"), ("<p>", "text-indent:-100%"), ("<span>", "margin-left:-999em"),
    ("<span>", "position:absolute;left:-9999px"), ("<p>", "position:fixed;top:-100vh"), ("<p>", "position:absolute;right:-9999px"),
    ("<p>", "position:absolute;left:99999px"), ("<p>", "transform:translateX(-9999px)"), ("<p>", "transform:translate(0, -2000px)"),
    ("<p>", "transform:rotate(9deg) scale(0)"), ("<p>", "transform:matrix(0,0,0,0,0,0)"), ("<p>", "transform:rotateX(90deg)"),
    ("<p>", "scale:0"), ("<p>", "translate:-9999px"), ("<p>", "position:absolute;clip:rect(0 0 0 0)"),
    ("<p>", "position:absolute;clip:rect(1px, 1px, 1px, 1px)"), ("<p>", "clip-path:inset(50%)"), ("<p>", "clip-path:inset(0 100% 0 0)"),
    ("<p>", "clip-path:circle(0)"), ("<p>", "clip-path:polygon(0 0,0 0,0 0)"), ("<p>", "max-height:0;overflow:hidden"),
    ("<p>", "width:1px;overflow:hidden"), ("<span>", "display:inline-block;height:0;overflow:hidden"),
    ("<p>", "text-indent:100%;overflow:hidden"), ("<p>", "transform:translate(-1000%,0)"), ("<p>", "transform:skewX(90deg)"),
    ("<p>", "transform:matrix3d(0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1)"), ("<p>", "transform:rotateY(180deg);backface-visibility:hidden"),
    ("<p>", "clip-path:path('M0 0')"), ("<p>", "clip-path:xywh(0 0 0 9px)"), ("<span>", "zoom:.01"), ("<span>", "letter-spacing:-1em"),
    ("<p>", "-webkit-mask-image:linear-gradient(to left, transparent, transparent)"), ("<p>", "mask:linear-gradient(transparent,transparent) 0 0"),
    ("<span>", "position:absolute;width:0;overflow:hidden"), ("<p>", "inset:0 0 0 -9999px;position:absolute"),
]  # fmt: skip
SHOWN = [
    ("<p>", ""), ("<p hidden>", "display:block"), ("<dialog open>", ""), ("<details>", ""), ("<p aria-hidden=true>", ""),
    ("<p>", "text-indent:-18.0pt"), ("<span>", "text-indent:-9999px"), ("<p>", "margin-left:-1cm"), ("<p>", "left:-9999px"),
    ("<p>", "position:absolute;left:-9px"), ("<p>", "transform:none"), ("<p>", "transform:scale(.5) translate(-50%, 0)"),
    ("<p>", "clip:rect(0 0 0 0)"), ("<p>", "position:absolute;clip:auto"), ("<p>", "position:absolute;clip:rect(0,99px,99px,0)"),
    ("<p>", "clip-path:inset(5%)"), ("<p>", "clip-path:inset(60px)"), ("<p>", "clip-path:circle(50%)"), ("<p>", "clip-path:polygon(0 0,9px 0,0 9px)"),
    ("<p>", "height:0"), ("<span>", "height:0;overflow:hidden"), ("<p>", "height:9px;overflow:hidden"), ("<p>", "scale:bogus"),
    ("<p>", "text-indent:100%"), ("<p>", "transform:rotateY(180deg)"), ("<p>", "transform:matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)"),
    ("<p>", "clip-path:path('M0 0L9 0L9 9z')"), ("<p>", "clip-path:xywh(0 0 9px 9px)"), ("<span>", "zoom:0"), ("<span>", "zoom:1.5"),
    ("<span>", "letter-spacing:-.05em"), ("<span>", "letter-spacing:normal"), ("<p>", "mask:linear-gradient(black,transparent)"),
    ("<p>", "mask:none"), ("<input type=text>", ""), ("<p>", "transform:matrix(1,0,0,1,0,0)"),
]  # fmt: skip


def is_hidden(tag: str, style: str) -> bool:
    values = {one.name: one.value for one in declarations.inline(style)}
    return boxes.is_hidden(lxml_html.fragment_fromstring(tag), values, 16)


@pytest.mark.parametrize(("tag", "style"), HIDDEN)
def test_hidden(tag: str, style: str) -> None:
    assert is_hidden(tag, style)


@pytest.mark.parametrize(("tag", "style"), SHOWN)
def test_shown(tag: str, style: str) -> None:
    assert not is_hidden(tag, style)
