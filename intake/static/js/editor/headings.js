/* An empty heading cell gets the role of a plain cell, so that screen readers do not announce an empty heading. */
import { Decoration, DecorationSet } from "../../vendor/prosemirror.js";

export function emptyHeadings({ doc }) {
  const found = [];
  doc.descendants((node, pos) => {
    if (node.type.name === "th" && !node.textContent.trim()) {
      found.push(Decoration.node(pos, pos + node.nodeSize, { role: "cell" }));
    }
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, found);
}
