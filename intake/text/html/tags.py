"""HTML tags by what the reader does with them."""

DROPPED = {
    "script": "script", "style": "", "title": "", "template": "", "datalist": "form",
    "iframe": "embed", "frame": "embed", "frameset": "embed", "noframes": "embed", "noembed": "embed",
    "embed": "embed", "en-media": "image", "en-crypt": "embed", "audio": "embed", "video": "embed", "applet": "embed",
    "meta": "", "link": "", "base": "", "col": "", "colgroup": "",
}  # fmt: skip
REPLACED = frozenset(
    {
        "q", "rt", "rtc", "math", "svg", "canvas", "img", "image", "input", "select", "textarea", "xml", "button", "option",
        "tspan",
    }
)  # fmt: skip
"""Elements whose words are not just the text between their tags."""
UNSEARCHED = frozenset(
    {*DROPPED, "math", "svg", "canvas", "select", "textarea", "xml", "img", "image", "input"}
)
"""Elements that are not searched for footnotes."""
MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em",
    "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "sub": "sub", "sup": "sup",
}  # fmt: skip
LEAVES = {
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4",
    "pre": "pre", "xmp": "pre", "listing": "pre", "plaintext": "pre",
}  # fmt: skip
BOXES = {
    "blockquote": "blockquote", "ul": "ul", "menu": "ul", "dir": "ul", "ol": "ol", "li": "li", "table": "table",
    "thead": "thead", "tbody": "tbody", "tfoot": "tbody", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
BLOCKS = frozenset(
    {
        "html", "body", "head", "p", "div", "address", "article", "aside", "caption", "center", "dd",
        "details", "dialog", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
        "hgroup", "legend", "main", "nav", "search", "section", "summary",
    }
)  # fmt: skip
IS_BLOCK = BLOCKS | BOXES.keys() | LEAVES.keys()
