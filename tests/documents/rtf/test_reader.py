"""Reading of RTF as Word, LibreOffice, WPS and TextEdit write it."""

import pytest

from intake.documents import rtf
from intake.documents.document import Picture
from intake.documents.refusal import DocumentRefused
from intake.documents.rtf import reader

HEAD = (
    r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil Times;}{\f1\fcharset134 Song;}{\f2\fcharset178 Arab;}"
    r"{\f3\fcharset128 Mincho;}{\f4\fcharset0\cpg1254 T;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red250\green250\blue255;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\*\cs15\v Hidden;}{\s9 Title;}}"
)


def html(body: str) -> str:
    return rtf.read(f"{HEAD}{body}}}".encode("latin-1")).html


def removed(body: str) -> dict[str, int]:
    return dict(rtf.read(f"{HEAD}{body}}}".encode("latin-1")).removed)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\f1\'c4\'e3\'ba\'c3", "你好"),
        (r"\f3\'83A\'8a\'5c", "ア浬"),
        (r"\f2 \'c7\'e1", "ال"),
        (r"\f4\'fe\'f0", "şğ"),
        (r"\rtlch\af2\ltrch\f0 \'cf {\ltrch\f0\rtlch\af2 \'c7}", "П ا"),
        (r"\u1241?\u1171?", "әғ"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u128512?", "😀"),
        (r"\uc0\u1241 x", "әx"),
        (r"{\uc2\u20320\'c4\'e3}\u1241?x", "你әx"),
        (r"\u8212\emdash x", "—x"),
        (r"\u1241{a}", "әa"),
        (r"\ldblquote a\rdblquote\emdash\~b\_c", "“a”—\u00a0b\u2011c"),
        (r"\\ \{a\}", r"\ {a}"),
        ("a\r\nb", "ab"),
        (r"a\line b", "a<br>b"),
        (r"{\upr{ansi}{\*\ud{unicode}}}", "unicode"),
        (r"{\*\unknown a}b", "b"),
        (r"{\unknown a}b", "ab"),
        (r"\bin3 }}}a", "a"),
        (r"\u99999999999999999999 ?a", "a"),
    ],
)
def test_characters(body: str, text: str) -> None:
    assert html(body) == f"<p>{text}</p>"


def test_another_code_page_by_the_header() -> None:
    assert rtf.read(rb"{\rtf1\mac \'8e}").html == "<p>é</p>"
    assert rtf.read("{\\rtf1\\ansi\\ansicpg65001 ә}".encode()).html == "<p>ә</p>"
    assert rtf.read(rb"{\rtf1\ansi\ansicpg99999 \'e9}").html == "<p>é</p>"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (r"a\par\pard b", "<p>a</p><p>b</p>"),
        ("a\\\nb", "<p>a</p><p>b</p>"),
        (r"{\b a}{\i b}\ul c\ulnone d", "<p><b>a</b><i>b</i><u>c</u>d</p>"),
        (r"\b a\i b\plain c", "<p><b>a</b><b><i>b</i></b>c</p>"),
        (r"{\rtlch\ab \ltrch\b0 a}{\ltrch \rtlch\ab b}", "<p>a<b>b</b></p>"),
        (r"x{\super 2}{\sub 3}{\strike s}", "<p>x<sup>2</sup><sub>3</sub><s>s</s></p>"),
        (
            r"\pard\s1\outlinelevel0 a\par\pard\s2 b\par\s9 c\par\pard d",
            "<h1>a</h1><h2>b</h2><h1>c</h1><p>d</p>",
        ),
        (r"\pard\rtlpar a\par\pard\ltrpar b", '<p dir="rtl">a</p><p>b</p>'),
        (r"a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        (r"\par\par {\b  }\par a", "<p>a</p>"),
        (r"a\sect b\page c", "<p>a</p><p>b</p><p>c</p>"),
    ],
)
def test_paragraphs(body: str, found: str) -> None:
    assert html(body) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            r"{\listtext\pard\plain 1.\tab}\pard\ls3\ilvl1 a\par",
            '<p style="mso-list:l3 level2 lfo1"><span style="mso-list:Ignore">1.</span>a</p>',
        ),
        (
            r"{\pntext\f0\'B7\tab}{\*\pn\pnlvlblt{\pntxtb\'B7}}a\par",
            '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>a</p>',
        ),
        (r"{\listtext 1.2.\tab}a\par", "<p>1.2. a</p>"),
        (r"{\listtext \u19968?\u12289?\tab}a\par b", "<p>一、 a</p><p>b</p>"),
        (r"{\listtext 1.\tab}\outlinelevel0 a\par", "<h1>1. a</h1>"),
    ],
)
def test_lists(body: str, found: str) -> None:
    assert html(body) == found


def test_tables() -> None:
    rows = (
        r"\trowd\cellx1\cellx2\pard\intbl a\par b\cell c\cell\row\trowd\cellx1\pard\intbl d\cell\row\pard e"
    )
    assert html(rows) == (
        "<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr><tr><td><p>d</p></td></tr></table><p>e</p>"
    )
    assert html(r"\pard\intbl a\par b") == "<table><tr><td><p>a</p><p>b</p></td></tr></table>"
    assert html(
        r"\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}c\cell\row"
    ) == ("<table><tr><td><p>a\tb\tc</p></td></tr></table>")


def test_notes_stand_at_the_end() -> None:
    assert html(r"a{\super\chftn}{\footnote\pard\plain{\super\chftn} n\par m}b{\*\footnote\ftnalt o}") == (
        '<p>a<sup><a id="ref-1" href="#note-1">1</a></sup>b<sup><a id="ref-2" href="#note-2">2</a></sup></p>'
        '<ol><li id="note-1"><p> n</p><p>m</p><p><a href="#ref-1">↩</a></p></li>'
        '<li id="note-2"><p>o</p><p><a href="#ref-2">↩</a></p></li></ol>'
    )


def test_links() -> None:
    assert html(r'{\field{\*\fldinst{HYPERLINK }{"https://a.example/?b&c"}}{\fldrslt {\ul d}}}') == (
        '<p><a href="https://a.example/?b&amp;c"><u>d</u></a></p>'
    )
    local = r'{\field{\*\fldinst HYPERLINK "file:///C:/LEAK"}{\fldrslt a}}'
    assert (html(local), removed(local)) == ("<p>a</p>", {"external-link": 1})
    inner = (
        r'{\field{\*\fldinst HYPERLINK \\l "_Toc1"}{\fldrslt a{\field{\*\fldinst PAGEREF b}{\fldrslt 7}}}}'
    )
    assert (html(inner), removed(inner)) == ("<p>a7</p>", {})


@pytest.mark.parametrize(
    "name", ["AUTHOR", "FILENAME \\\\p", "USERNAME", "lastsavedby", "DOCPROPERTY Company"]
)
def test_fields_that_name_somebody_are_dropped(name: str) -> None:
    body = rf"a{{\field\fldedit{{\*\fldinst  {name} }}{{\fldrslt {{\b LEAK}}}}}}b"
    assert (html(body), removed(body)) == ("<p>ab</p>", {"field-code": 1})


def test_a_phonetic_guide_keeps_both_texts() -> None:
    code = r"EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(\u12363?\u12435?\u12376?),\u28450?\u23383?)"
    assert html(rf"a{{\field{{\*\fldinst {code}}}{{\fldrslt }}}}b") == "<p>a漢字(かんじ)b</p>"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (r"{\v LEAK}", {"hidden": 1}),
        (r"{\cs15 LEAK}", {"hidden": 1}),
        (r"{\fs2 LEAK}", {"hidden": 1}),
        (r"{\cf1 LEAK}", {"hidden": 1}),
        (r"{\cf3 LEAK}", {"hidden": 1}),
        (r"{\cf2\highlight2 LEAK}", {"hidden": 1}),
        (r"{\xe LEAK}", {"hidden": 1}),
        (r"{\deleted LEAK}{\revised }", {"deletion": 1}),
        (r"{\deleted L{\b E}{\i AK}}a{\deleted LEAK}", {"deletion": 2}),
        (r"{\mvf LEAK}", {"deletion": 1}),
        (r"{\deleted{\footnote LEAK}}", {"deletion": 1}),
        (
            r"{\*\atrfstart 1}{\*\atrfend 1}{\*\atnid LEAK}{\*\atnauthor LEAK}\chatn{\*\annotation{\*\atnref 1}LEAK}",
            {"comment": 1},
        ),
        (r"{\header LEAK}{\footerf{\b LEAK}}", {"header-footer": 2}),
        (r"{\info{\author LEAK}{\*\company LEAK}{\creatim\yr2026}}", {"properties": 2}),
        (r"{\*\template C:\\LEAK.dot}", {"template": 1}),
        (r"{\*\revtbl{LEAK;}}{\*\rsidtbl\rsid1}{\*\generator LEAK}", {}),
        (r"{\*\docvar{LEAK}{LEAK}}{\*\datastore 4c45414b}", {"custom-data": 2}),
        (r"{\object\objemb{\*\objclass LEAK}{\*\objdata 4c}{\result }}", {"embedded": 1}),
        (r"{\*\bkmkstart LEAK}{\*\bkmkend LEAK}", {}),
        (r"{\pict\wmetafile8 0102}", {"drawing": 1}),
        (r"{\v{\pict\pngblip 01}}", {}),
    ],
)
def test_unseen_words_are_dropped_and_counted(body: str, kinds: dict[str, int]) -> None:
    assert html(rf"KEEP{body}") in ("<p>KEEP</p>", "<p>KEEPa</p>")
    assert removed(rf"KEEP{body}") == kinds


@pytest.mark.parametrize(
    "body",
    [
        r"{\v0 KEEP}",
        r"{\v\v0 KEEP}",
        r"{\v\plain KEEP}",
        r"{\cf1\highlight2 KEEP}",
        r"{\cf2 KEEP}",
        r"{\cf99 KEEP}",
        r"\trowd\clcbpat2\cellx1\intbl\cf1 KEEP\cell\row",
        r"{\revised KEEP}",
        r"{\object{\result KEEP}}",
    ],
)
def test_words_that_are_seen_stay(body: str) -> None:
    assert "KEEP" in html(body)
    assert not removed(body)


def test_text_boxes_follow_their_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn LEAK}{\sv LEAK}}{\shptxt \pard b\par c\par}}{\shprslt LEAK}}"
    assert html(rf"a{box}d\par e") == "<p>ad</p><p>b</p><p>c</p><p>e</p>"


def test_pictures() -> None:
    body = (
        r"a{\*\shppict{\pict{\*\picprop LEAK}\jpegblip\picw1 ff d8" + "\n" + r"ff}}{\nonshppict{\pict 00}}b"
    )
    found = rtf.read(f"{HEAD}{body}{{\\pict\\pngblip\\bin2 }}\\}}}}".encode("latin-1"))
    assert found.pictures == [Picture(b"\xff\xd8\xff"), Picture(b"}\\")]
    assert found.html == "<p>a [picture 1] b [picture 2] </p>"


def test_a_floating_picture_is_found_in_its_shape() -> None:
    body = r"{\shp{\*\shpinst{\sp{\sn pib}{\sv {\pict\pngblip 0102}}}}}"
    assert rtf.read(f"{HEAD}{body}}}".encode()).pictures == [Picture(b"\x01\x02")]


@pytest.mark.parametrize(
    "body", [r"{\b a", r"{\v x{\b0\i a", "a}}}}b", r"{\footnote a", r"{\field{\fldrslt a", "a\\"]
)
def test_groups_that_never_end_lose_nothing(body: str) -> None:
    assert "a" in rtf.read(rb"{\rtf1 " + body.encode().replace(rb"\v x", b"")).html


def test_deep_groups_need_no_recursion() -> None:
    assert rtf.read(rb"{\rtf1 " + b"{" * 100_000 + b"a" + b"}" * 100_000).html == "<p>a</p>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rb"{\rtf1" + rb"{}" * (reader.MAX_TOKENS // 2), "too_slow"),
        (rb"{\rtf1 " + b"a" * 3_000_000, "too_long"),
        (rb"{\rtf1 " + rb"\par" * 200_000, "too_long"),
    ],
)
def test_endless_files_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentRefused, match=reason):
        rtf.read(data)


def test_deeply_nested_text_boxes_keep_their_words() -> None:
    found = html("".join(rf"a{n}\par{{\shptxt " for n in range(60)) + "b" + "}" * 60)
    assert all(f"<p>a{n}</p>" in found for n in range(60))
    assert "<p>b</p>" in found
