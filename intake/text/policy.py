"""What a cleaned text may hold. No style, class, id or image."""

TAGS = frozenset(
    {
        "p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "blockquote", "ul", "ol", "li", "a", "code",
        "pre", "hr", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
ATTRIBUTES = {"a": ["href"], "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"], "ol": ["start"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
