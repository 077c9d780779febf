"""Invariants for HTML that cannot be cleaned as a tree: LEAK is always removed, and KEEP is never lost."""

import re
from collections.abc import Callable

import pytest

from intake.text import clean_body, keep_as_text

PLANTED = {
    "conditional comment": "KEEPa<!--[if gte mso 9]><xml><o:Author>LEAK</o:Author></xml><![endif]-->KEEPb",
    "comment of Word": (
        '<p>KEEPa<span class=MsoCommentReference><a style="mso-comment-reference:AS_1" href="#_msocom_1">[LEAK1]</a></span> KEEPb</p>'
        '<div style="mso-element:comment-list"><div style="mso-element:comment"><div id="_com_1" class=msocomtxt>'
        '<p class=MsoCommentText><a href="#_msoanchor_1">[LEAK1]</a>LEAK, the guard</p></div></div></div>'
    ),
    "comment of Word without marks": (
        '<p>KEEPa<a href="#_msocom_1">[LEAK1]</a> KEEPb</p><div><p><a href="#_msoanchor_1">[LEAK1]</a>LEAK</p><p class="MsoCommentText">LEAK</p></div>'
    ),
    "comment of Google Docs": (
        '<p>KEEPa<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> KEEPb</p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>LEAK told us</span></p></div>'
    ),
    "comment of LibreOffice": (
        '<p>KEEPa<a class="sdcommentanc" href="#sdcomment1sym">*</a>KEEPb</p>'
        '<div id="sdcomment1"><p><a class="sdcommentsym" href="#sdcomment1anc">*</a>LEAK</p></div>'
    ),
    "deletion of Word": 'KEEPa <del cite="mailto:LEAK" datetime="2026-01-02T10:00">LEAK</del><ins cite="mailto:LEAK" datetime=x>KEEPb</ins>',
    "deletion of Word's XML": "KEEPa<w:del w:author=LEAK><w:r>LEAK</w:r></w:del>KEEPb",
    "deletion of CKEditor": 'KEEPa<suggestion-start name="deletion:1:LEAK"></suggestion-start>LEAK<i>LEAK</i><suggestion-end name="deletion:1:LEAK"></suggestion-end>KEEPb',
    "deletion by class": "KEEPa<span class='track-change deleted' data-author=LEAK>LEAK</span>KEEPb",
    "header": "<div style='mso-element:header' id=h1><p class=MsoHeader>LEAK</p></div><p>KEEPa</p>KEEPb",
    "field": (
        "<p class=MsoNormal>KEEPa<span style='mso-element:field-begin'></span> AUTHOR <span style='mso-element:field-separator'></span>"
        "LEAK<span style='mso-element:field-end'></span>KEEPb</p>"
    ),
    "properties": "<xml><o:DocumentProperties><o:Author>LEAK</o:Author></o:DocumentProperties></xml>KEEPa KEEPb",
    "hidden": "KEEPa<span style='display:none'>LEAK<b>LEAK</b></span>KEEPb<p hidden>LEAK",
    "hidden by a rule": "<style>.x,#y b{display:none}</style>KEEPa<i class='a x'>LEAK</i><p id=y>KEEPb<b>LEAK</b></p>",
    "white": "<p>KEEPa</p><p style='color:#ffffff'>LEAK told us all of this at the gate</p><p>KEEPb, and some more dark words</p>",
    "color of what lies around": "<div style='background:#123'><p style='color:white'>KEEPa KEEPb</p><p style='color:#112233'>LEAK</p></div>",
    "size": "KEEPa<font style='font-size:0'>LEAK</font>KEEPb<span style='font-size:1px'>LEAK</span>",
    "attributes": "<p title='LEAK' data-author=\"LEAK\" onclick=LEAK>KEEPa</p><img alt='LEAK.jpg'>KEEPb",
    "script and template": "<script>LEAK</script>KEEPa<template>LEAK</template><title>LEAK</title>KEEPb<noembed>LEAK</noembed>",
    "head of Gmail": "KEEPa<div class='gmail_attr'>On Mon LEAK &lt;leak@example.org&gt; wrote:</div><blockquote>KEEPb</blockquote>",
    "head of Outlook": "<p>KEEPa</p><p><b>From:</b> LEAK &lt;leak@example.org&gt;<br><b>Sent:</b> Monday LEAK<br><b>To:</b> LEAK<br><b>Subject:</b> LEAK</p><p>KEEPb</p>",
}  # fmt: skip
FAULTS = {
    "too deep": "<div>" * 150 + "{}",
    "too deep and closed": "<div>" * 400 + "{}" + "</div>" * 400,
    "in deep styles": "<span style='font-size:11pt'>" * 150 + "{}" + "</span>" * 150,
    "deep elsewhere": "{}" + "<blockquote>" * 150 + "KEEPc",
    "too many tags": "{}" + "<p>KEEPc</p>" * 11_000,
    "tag too long": "<p " + "a " * 5_000 + "></p>{}",
}
"""Name → HTML that is refused as too deep or too large to parse. `{}` is replaced by the HTML under test."""


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_no_planted_word_comes_out_and_no_other_is_lost(planted: str, fault: str) -> None:
    cleaned = clean_body(fault.format(planted), format="html")
    assert cleaned.fallback
    assert "leak" not in cleaned.html.lower()
    assert "KEEPa" in cleaned.text
    assert "KEEPb" in cleaned.text
    assert cleaned.text.count("KEEPc") == fault.count("KEEPc")


SPOILT: dict[str, Callable[[str], str]] = {
    "whole": lambda html: html,
    "capital tags": lambda html: re.sub(r"</?[a-z:]+", lambda tag: tag[0].upper(), html),
    "cut in a tag": lambda html: html + "<p title='LEAK",
    "cut in a comment": lambda html: html + "<!-- LEAK",
    "odd quotes": lambda html: '<p "a>' + html,
    "loose ends": lambda html: "</div></p></span>" + html + "</b></i></div>",
    "crossed": lambda html: f"<b>{html}</i></p></b>",
    "lines": lambda html: re.sub(r"(?<=[a-z\"']) (?=[a-z-]+=)", "\n", html),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_broken_markup_gives_no_planted_word_away(planted: str, spoil: Callable[[str], str]) -> None:
    cleaned = keep_as_text(spoil(planted), format="html")
    assert "leak" not in cleaned.html.lower()
    assert "KEEPa" in cleaned.text
    assert "KEEPb" in cleaned.text


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_text_that_is_cut_anywhere_is_settled(planted: str) -> None:
    for end in range(len(planted)):
        cleaned = keep_as_text(planted[:end], format="html")
        assert keep_as_text(cleaned.html, format="html").html == cleaned.html
