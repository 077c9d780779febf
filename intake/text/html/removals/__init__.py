"""Words that are no part of the text are removed from a parsed tree and counted.

These are comments, tracked deletions, headers and footers, heads of quoted mails, instructions of fields, document properties, and words that
a browser does not show.
"""

from collections import Counter
from typing import Any

from lxml import etree

from intake.text.html.removals import comments, deletions, fields, hiding, mail_heads, nodes, page_parts

KINDS = ("comment", "deletion", "hidden", "properties", "header-footer", "mail-head", "field-code")
"""Kinds of removed things."""

# Most texts have none of these.
_PLAIN = ("href", "id", "start", "colspan", "rowspan", "dir", "value", "rel", "target", "src", "alt", "lang")
_SPECIAL_TAGS = frozenset(
    {"style", "dialog", "meta", "input", "delete", "deletion", "insert", "insertion", "sdfield"}
)
_HAS_ATTRIBUTES = etree.XPath(f"boolean(//@*[{' and '.join(f'name() != {name!r}' for name in _PLAIN)}])")
_HAS_COMMENTS = etree.XPath(
    "boolean(//a[contains(@href, '#') and (contains(@href, 'cmnt') or contains(@href, '_mso')"
    " or contains(@href, 'comment') or contains(@href, 'annotation'))] | //div[contains(@id, 'divRplyFwdMsg')])"
)
# Many texts quote. Only a quotation in a mail has an address above it.
_HAS_MAIL = etree.XPath(
    "boolean(//blockquote) and (contains(., '@') or boolean(//@id | //@href[contains(., '#')] | //comment-start | //comment-end))"
)


def _is_needed(tree: Any) -> bool:
    tags = {element.tag for element in nodes.elements(tree)}
    if not tags.isdisjoint(_SPECIAL_TAGS) or any(":" in tag for tag in tags):
        return True
    return any(test(tree) for test in (_HAS_ATTRIBUTES, _HAS_COMMENTS, _HAS_MAIL))


def remove(tree: Any, removed: Counter[str]) -> None:
    """Remove them from a tree (None if there is nothing in it), and add their numbers by kind to `removed`."""
    if tree is None or not _is_needed(tree):
        return
    # Comments first: their lists lie among headers and footers, and their words may be deleted or hidden as well.
    found = Counter(comment=comments.remove(tree))
    found += page_parts.remove(tree)
    found["mail-head"] = mail_heads.remove(tree)
    found += fields.remove(tree)
    found["deletion"] = deletions.remove(tree)
    found["hidden"] = hiding.remove(tree)
    removed.update(+found)
