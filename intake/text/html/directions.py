"""Explicit directions (`dir`) of blocks: keep those that change what a reader sees.

A block without `dir` is shown by the direction of its first strong letter. An attribute that says the same is dropped,
because word processors write one on every paragraph.
"""

from intake.text.html.blocks import Box, Leaf

_BARE = ("thead", "tbody", "tr")
"""Table parts on which `dir` is not written."""


def settle(root: Box) -> None:
    """Set `dir` on the blocks of a text that need it, and remove it from all others."""
    strong: dict[int, str] = {}
    _find_strong(root, strong)
    _settle_inside(root, "", strong)


def _find_strong(block: Box | Leaf, strong: dict[int, str]) -> str:
    """Record the direction of the first strong letter of a block and of each block in it."""
    if isinstance(block, Leaf):
        found = block.first_strong()
    else:
        inner = [_find_strong(child, strong) for child in block.children]
        found = next(filter(None, inner), "")
    strong[id(block)] = found
    return found


def _settle_inside(box: Box, outer: str, strong: dict[int, str]) -> None:
    """Set or remove `dir` on the blocks in a box. `outer` is the direction that they inherit in the written HTML."""
    for child in box.children:
        if isinstance(child, Leaf):
            child.direction = _needed(child.direction, outer, strong[id(child)])
        else:
            _settle_box(child, outer, strong)


def _settle_box(box: Box, outer: str, strong: dict[int, str]) -> None:
    leaf = box.folded_leaf()
    wanted = box.attributes.pop("dir", "")
    if leaf is not None:
        # The only paragraph of an item is written without `<p>`, so the item has its direction.
        wanted = leaf.direction or wanted
    if box.tag not in _BARE:
        kept = _needed(wanted, outer, strong[id(leaf if leaf is not None else box)])
        if kept:
            box.attributes["dir"] = kept
            outer = kept
    _settle_inside(box, outer, strong)


def _needed(wanted: str, outer: str, strong: str) -> str:
    """Value of `dir` to write: `wanted`, or empty if the text or the blocks around it imply that direction."""
    shown = strong or "ltr"
    wanted = shown if wanted == "auto" else wanted or outer
    return wanted if wanted and (wanted != shown or (outer and wanted != outer)) else ""
