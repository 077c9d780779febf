"""Remove words that do not belong to the text from a parsed tree, and count them.

These are comments, tracked deletions, headers and footers, heads of quoted mails, field codes, document
properties, and words that a browser does not show.
"""

from collections import Counter
from typing import Any

from lxml import etree

from intake.text.html.removals import comments, deletions, fields, hiding, mail_heads, nodes, page_parts

KINDS = ("comment", "deletion", "hidden", "properties", "header-footer", "mail-head", "field-code")
"""Kinds of removed things."""

# Attributes that do not mark words to remove. Most texts have only these, and no tag of _SPECIAL_TAGS.
_PLAIN = ("href", "id", "start", "colspan", "rowspan", "dir", "value", "rel", "target", "src", "alt", "lang")
_SPECIAL_TAGS = frozenset(
    {"style", "dialog", "meta", "input", "delete", "deletion", "insert", "insertion", "sdfield"}
)
_HAS_ATTRIBUTES = etree.XPath(f"boolean(//@*[{' and '.join(f'name() != {name!r}' for name in _PLAIN)}])")
_HAS_COMMENTS = etree.XPath(
    "boolean(//a[contains(@href, '#') and (contains(@href, 'cmnt') or contains(@href, '_mso')"
    " or contains(@href, 'comment') or contains(@href, 'annotation'))] | //div[contains(@id, 'divRplyFwdMsg')])"
)
# `<blockquote>` alone is too frequent. A quoted mail has a mail address above it.
_HAS_MAIL = etree.XPath(
    "boolean(//blockquote) and (contains(., '@') or boolean(//@id | //@href[contains(., '#')] | //comment-start | //comment-end))"
)


def _is_needed(tree: Any) -> bool:
    tags = {element.tag for element in nodes.elements(tree)}
    if not tags.isdisjoint(_SPECIAL_TAGS) or any(":" in tag for tag in tags):
        return True
    return any(test(tree) for test in (_HAS_ATTRIBUTES, _HAS_COMMENTS, _HAS_MAIL))


def remove(tree: Any, removed: Counter[str]) -> None:
    """Remove such words from a tree, and add their numbers by kind to `removed`. The tree of an empty text is None."""
    if tree is None or not _is_needed(tree):
        return
    # Comments first, or they count as another kind: their lists lie among headers and footers, and their words may
    # be deleted or hidden.
    found = Counter(comment=comments.remove(tree))
    found += page_parts.remove(tree)
    found["mail-head"] = mail_heads.remove(tree)
    found += fields.remove(tree)
    found["deletion"] = deletions.remove(tree)
    found["hidden"] = hiding.remove(tree)
    removed.update(+found)
