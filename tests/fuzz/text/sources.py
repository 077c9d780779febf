"""Texts to corrupt: those of the corpus if it is installed, otherwise the list OWN."""

from tests.corpus.texts import names, rows

LARGEST = 4_000
"""Maximum characters of a source. In the time for one large text, hundreds of small ones can be tried."""
KINDS = ("xss", "parser", "naughty", "paste", "prose", "keep", "bidi")
OWN = [
    "First line\r\nsecond line\n\n  - an item\n\nAsk <name@example.org> & co, if a < b and b > c",
    "در ایران می\u200cخواهند که \u2067من \u2066John\u2069 هستم\u2069، ۱۲ نفر",
    "नमस्ते क्\u200dष, ภาษา\u200bไทย, שלום (C++)\u200f!, 葛\U000e0100城市, 👩🏽\u200d🚀 🇺🇦 ❤\ufe0f",
    '<p class=MsoNormal style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.<span>&nbsp; </span></span>item</p>',
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-style:italic">a</span></p></b>',
    "<table><caption>c</caption><tr><th>a<td colspan=2>b<tr><td><ul><li>c<ul><li>d</ul></ul></table>after",
    '<blockquote><h1>a</h1><pre>\n b\n  c</pre></blockquote><p>d<br>e <a href="https://e.example/?utm_source=x&amp;a=1">f</a>',
    "<script>alert(1)</script><style>p{}</style><svg><p>a</svg><math><mi>b</math><iframe srcdoc='<p>c'></iframe>",
    "<!--[if mso]><p>a</p><![endif]--><![if !supportLists]>b<![endif]><!-- c --!>d<![CDATA[e]]>f<?php g ?>",
    "&lt;b&gt; &amp;lt; &zwnj; &#x202e; &#0; &notit; &copy <custom-one hidden>a</custom-one><font color=red>b</font>",
    '<img src="data:image/png;base64,AAAA" alt="a > b" onerror="alert(1)"><a href="java\nscript:x">c</a>',
    '<p>a<a id=x href="#y">[1]</a> b<sup><a id=v href="#w">2</a></sup></p><ol><li id=y><a href="#x">^</a>c<p id=w>d<a href="#v">2</a></ol>',
    "<p>e\u0301\u200b\u0338\ufeff\u00ad</p>\x00\ud800\x85\u2028<b>x<i>y</b>z</i>",
]


def sources() -> list[str]:
    """Texts to start from, always in the same order."""
    found = [row["payload"] for kind in KINDS for name in names(kind) for row in rows(name)]
    return [text for text in found if 0 < len(text) <= LARGEST] or OWN
