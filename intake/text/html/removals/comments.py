"""Comments of Word, Google Docs, LibreOffice, Aspose, mammoth and pandoc: their words, marks and lists.

A comment is one thing with several elements: a mark in the text (`[AS1]`), and its words at the end, with a link
back to the mark. The commented passage stays in the text.
"""

import re
from typing import Any

from intake.text.html.removals import nodes

# Links within the page. Copied from a browser, they have the address of the page before the `#`.
_TO_WORDS = re.compile(r"#_?(?:msocom_|cmnt|sdcomment)(\d{1,6})(?:sym)?")
_TO_MARK = re.compile(r"#_?(?:msoanchor_|cmnt_?ref|sdcomment(?=\d{1,6}anc))(\d{1,6})(?:anc)?")
# Other pages use these names too, so both the link to the words and the link back must be there.
_TO_WORDS_PAIRED = re.compile(r"#(?:comment|annotation)-(\d{1,6})")
_TO_MARK_PAIRED = re.compile(r"#(?:comment|annotation)-?ref-?(\d{1,6})")
_REFERENCE = "mso-comment-reference:"
_NUMBER = re.compile(r"(?<!\d)\d{1,6}$")
_WORDS = re.compile(r"mso-element:\s*comment(?:-list)?\b")
_MARK_STYLE = re.compile(r"mso-special-character:\s*comment\b")
_ID = re.compile(r"(?:_com_|sdcomment)\d{1,6}")
# Boxes beside a page in which editors on the web show comments.
_PANELS = ("docos-", "notion-comment", "notion-page-comments", "zw-comment-")
_WORDS_CLASSES = frozenset(
    {"msocomtxt", "annotation_style_by_filter", "sdcomment", "ck-annotation", "ck-comment"}
)
# Title of a comment that has lost its class.
_LIBREOFFICE = "annotation"
_MARK_CLASSES = frozenset(
    {"MsoCommentReference", "msocomanchor", "msocomoff", "sdcommentanc", "sdcommentsym"}
)
_TAGS = frozenset({"w:comment", "office:annotation", "o:annotation", "w:annotation"})
_BLOCKS = frozenset({"p", "li", "div", "dd", "td", "section", "aside"})
_AROUND = frozenset({"div", "li", "section", "aside", "dd"})
_FOLLOWING = "MsoCommentText"


def remove(tree: Any) -> int:
    """Remove comments from a tree. Returns their number."""
    found = _Found(tree)
    number = found.number()
    nodes.drop_all(found.elements)
    return number


def is_part(element: Any) -> bool:
    """Return whether the tag, id, title, class or style of an element makes it part of a comment."""
    named = nodes.classes(element)
    style = (element.get("style") or "").lower()
    return (
        element.tag in _TAGS
        or _has_words(element, named)
        or not named.isdisjoint(_MARK_CLASSES)
        or bool(_WORDS.search(style) or _MARK_STYLE.search(style))
    )


class _Found:
    """Elements of the comments in a tree, in document order."""

    def __init__(self, tree: Any) -> None:
        self._keys: set[str] = set()
        self._bodies: set[Any] = set()
        self._marks: set[Any] = set()
        # Element → its first child, if the element has only one link of a comment, otherwise None.
        self._single: dict[Any, Any] = {}
        links = [(link, _fragment(link)) for link in tree.iter("a")]
        self._links = [(link, fragment) for link, fragment in links if fragment]
        for element in nodes.elements(tree):
            self._look_at(element)
        for link, fragment in self._links:
            self._follow(link, fragment)
        self._follow_pairs(tree)
        self.elements = [one for one in nodes.elements(tree) if one in self._bodies or one in self._marks]

    def number(self) -> int:
        """Return the number of comments. Elements with the same number in their links are one comment."""
        known = {
            link for link, fragment in self._links if _TO_MARK.search(fragment) or _TO_WORDS.search(fragment)
        }
        keyed = {above for link in known for above in link.iterancestors()}
        alone = [
            one
            for one in self._bodies
            if one not in keyed and not nodes.is_blank(one) and self._bodies.isdisjoint(one.iterancestors())
        ]
        return len(self._keys) + len(alone)

    def _look_at(self, element: Any) -> None:
        tag, attributes = element.tag, element.attrib
        if tag in ("comment-start", "comment-end"):
            self._key(f"ckeditor {attributes.get('name')}")
        elif tag in _TAGS:
            self._bodies.add(element)
        if not attributes:
            return
        style = (attributes.get("style") or "").lower()
        if "comment" in style:
            self._check_style(element, style)
        named = nodes.classes(element)
        if _has_words(element, named):
            self._bodies.add(element)
        elif named and not named.isdisjoint(_MARK_CLASSES):
            self._marks.add(element)
        elif "comment-start" in named and not {"data-author", "data-date"}.isdisjoint(attributes):
            # pandoc writes the words of the comment into the element that marks its start.
            self._bodies.add(element)
        for name in ("data-comment-start-before", "data-comment-end-after"):
            if name in attributes:
                self._key(f"ckeditor {attributes[name]}")

    def _check_style(self, element: Any, style: str) -> None:
        reference = style.partition(_REFERENCE)[2].partition(";")[0].strip()
        if found := _NUMBER.search(reference):
            self._key(found[0])
        if _WORDS.search(style):
            # The list is removed with its comments, but is not a comment itself.
            (self._marks if "comment-list" in style else self._bodies).add(element)
        elif _MARK_STYLE.search(style):
            self._marks.add(element)

    def _key(self, key: str) -> None:
        self._keys.add(key)

    def _follow(self, link: Any, fragment: str) -> None:
        if found := _TO_MARK.fullmatch(fragment):
            self._key(found[1])
            self._add_words(link)
        elif found := _TO_WORDS.fullmatch(fragment):
            self._key(found[1])
            self._marks.add(link)

    def _follow_pairs(self, tree: Any) -> None:
        backs = {found[1]: link for link, text in self._links if (found := _TO_MARK_PAIRED.fullmatch(text))}
        targets = {
            f"#{one.get('id')}": one for one in tree.iter("dt", "dd", "li", "p", "div") if one.get("id")
        }
        for link, text in self._links if backs else []:
            found = _TO_WORDS_PAIRED.fullmatch(text)
            if found and found[1] in backs:
                self._key(f"paired {found[1]}")
                self._marks.add(link)
                self._add_words(backs[found[1]])
                if (target := targets.get(text)) is not None and target.tag == "dt":
                    self._marks.add(target)

    def _add_words(self, back: Any) -> None:
        """Find the words of a comment by its link back, even if the element around them has lost its class and id."""
        block = next((one for one in back.iterancestors() if one.tag in _BLOCKS), None)
        if block is None:
            self._marks.add(back)
            return
        around = block.getparent()
        if around is not None and around.tag in _AROUND and self._is_one_comment(around, block):
            block = around
        self._marks.add(block)
        after = block.getnext()
        while after is not None and _FOLLOWING in nodes.classes(after) and not _links_back(after):
            self._marks.add(after)
            after = after.getnext()

    def _is_one_comment(self, around: Any, block: Any) -> bool:
        """Return whether `around` begins with `block` and has no link of another comment."""
        if around not in self._single:
            links = [link for link in around.iter("a") if (text := _fragment(link)) and _is_of_comment(text)]
            self._single[around] = _first_child(around) if len(links) == 1 else None
        return bool(self._single[around] is block)


def _has_words(element: Any, named: frozenset[str]) -> bool:
    """Return whether the class, id or title of an element says that it holds the words of a comment."""
    if not named.isdisjoint(_WORDS_CLASSES) or _ID.fullmatch(nodes.bare(element.get("id") or "")):
        return True
    if element.tag == "div" and any(name.startswith(_PANELS) for name in named):
        return True
    return bool(element.tag == "span" and element.get("title") == _LIBREOFFICE)


def _first_child(element: Any) -> Any:
    """First child of an element, if no words stand before it. Children without words do not count."""
    text = element.text
    for child in element:
        if nodes.has_words(text):
            return None
        if not nodes.is_blank(child):
            return child
        text = child.tail
    return None


def _fragment(link: Any) -> str:
    _, sign, fragment = (link.get("href") or "").rpartition("#")
    return sign + nodes.bare(fragment) if len(fragment) < 60 else ""


def _is_of_comment(fragment: str) -> bool:
    return bool(_TO_MARK.fullmatch(fragment) or _TO_WORDS.fullmatch(fragment))


def _links_back(element: Any) -> bool:
    return any(_TO_MARK.fullmatch(_fragment(link)) for link in element.iter("a"))
