"""What a cleaned text may hold. No style, class or image."""

TAGS = frozenset(
    {
        "p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "blockquote", "ul", "ol", "li", "a", "code",
        "pre", "hr", "sub", "sup", "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
# The `id` is for notes alone, and only in the two forms of notes.ID.
ATTRIBUTES = {
    "a": ["href", "id"], "li": ["id"], "th": ["colspan", "rowspan"], "td": ["colspan", "rowspan"], "ol": ["start"],
}  # fmt: skip
PROTOCOLS = frozenset({"http", "https", "mailto"})
