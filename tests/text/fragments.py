"""Fragments of awkward texts, for these tests and for tests/fuzz."""

import re

from intake.text.html import tags
from intake.text.unicode.kinds import KINDS

ELEMENTS = [
    *tags.DROPPED, *sorted(tags.REPLACED), *tags.MARKS, *tags.LEAVES, *tags.BOXES, *sorted(tags.BLOCKS),
    "a", "br", "hr", "span", "font", "ruby", "rt", "rb", "o:p", "custom-one", "button", "label", "nobr", "mtext", "desc",
    "foreignObject", "annotation-xml", "marquee", "object", "param", "wbr", "area", "br/",
]  # fmt: skip
"""All tags that the cleaner knows, and others."""
_RAW = {"xmp", "plaintext", "mtext", "desc", "foreignObject", "annotation-xml"}
KEPT = [name for name in ELEMENTS if name not in {*tags.DROPPED, *tags.REPLACED} and name not in _RAW]
"""Elements whose contents are markup that the cleaner keeps, without adding words."""
ATTRIBUTES = [
    ' href="https://e.example/"', " href=javascript:x", ' href="mailto:a@e.example"', " href='https://e.example/?utm_a=1&b=<'",
    ' href="https://bank.example&#x202e;/"', " style='display:none'", ' style="font-weight:bold"', " style=font-style:italic",
    ' style="mso-list:l0 level2 lfo1"', " style=mso-list:Ignore", ' style="vertical-align:super"', " class=EOP", " class=MsoTitle",
    ' role="heading" aria-level="1"', " data-aria-level=2", ' colspan="2"', " rowspan=0", " start=3", " hidden", ' id="x" href="#y"', " name=y href=#x", " dir=rtl", ' dir="ltr"', " dir=auto", ' lang="fr"', " value=-7", ' value="0"', " type=a",
    " reversed", ' style="white-space:pre"', " style='white-space:pre-wrap'", " style=font-family:Symbol", ' style="direction:rtl"',
    " type=checkbox checked", ' role="checkbox" aria-checked="true"', " alt=😀", " href=tel:+7701", " href=//e.example", ' title="a>b"',
    " alt='<'", " x", "/", " =", ' "', " onclick='x'", "&#32;", ' encoding="text/html"', " /", " src=data:,x",
]  # fmt: skip
REFERENCES = [
    "&lt;", "&gt;", "&amp;", "&amp;lt;", "&quot", "&nbsp;", "&zwnj;", "&zwj;", "&shy;", "&ZeroWidthSpace;", "&#x202e;", "&#0;",
    "&#xd800;", "&#x85;", "&#129;", "&#13;", "&#12;", "&#x2028;", "&#xffff;", "&#x110000;", "&#xfe0f;", "&copy", "&notit;", "&ampamp",
    "&", "&#", "&#x", "&NotEqualTilde;", "&bne;", "&#x301;", "&#x338;", "&#60;b&#62;",
]  # fmt: skip
ODDITIES = [
    "<!--", "-->", "--!>", "<!-->", "<!--->", "<!---->", "<![CDATA[", "]]>", "<?php ", "?>", "<!DOCTYPE html>", "<!", "</", "<", ">",
    "</>", "</ p>", "<p", "</p ", "<//p>", "<a/b>", "<1>", "<\x00b>", "<![if !supportLists]>", "<![endif]>", "<!--[if mso]>", "'", '"',
    "=", "`", "\\", "{{7*7}}", "- ", "1. ",
]  # fmt: skip
SPACES = [
    " ", "\n", "\n\n", "\t", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\xa0", "\u1680", "\u2003", "\u3000",
]  # fmt: skip
WORDS = [
    "a", "I", "word", "б", "1", "é", "ﬁ", "Å", "می\u200cخواهم", "ه\u200d", "שלום", "ا", "ب\u064b", "हिन्दी", "क्\u200dष", "क्\u200cष", "ৎ", "ක්\u200dෂ",
    "র\u200d্য", "ภาษา\u200bไทย", "ភាសា\u200bខ្មែរ", "བོད་", "မြန်မာ", "한", "\u1112\u1161\u11ab", "\u115f\u1161", "葛\U000e0100", "が", "か\u3099", "ᠠ\u180b",
    "ᠨ\u180eᠠ", "߀", "ܐ", "𞤀", "\u2066John\u2069", "❤\ufe0f", "1\ufe0f\u20e3", "🇺🇦", "👩🏽\u200d🚀", "👁\ufe0f\u200d🗨\ufe0f", "\u2229\ufe00",
    "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "\ue000", "\u0378", "𝒜", "\ufffd", "\ufffc",
]  # fmt: skip
MARKS = list(
    "\u0301\u0323\u0338\u0327\u034f\u0345\u05b8\u064b\u0653\u093c\u094d\u09be\u0dca\u0e49\u1160\u11a8\u20e3\u3099\U0001f3fd"
)
"""Characters that combine with the one before: some compose, some change order with their neighbours."""


def _members(chars: str) -> list[str]:
    """Expand a character class of kinds.py, such as `a-cx`."""
    pairs = re.findall("(.)(?:-(.))?", chars, re.DOTALL)
    return [chr(code) for first, last in pairs for code in range(ord(first), ord(last or first) + 1)]


INVISIBLE = {kind: _members(chars) for kind, chars in KINDS.items()}
"""Every invisible character, by kind."""
