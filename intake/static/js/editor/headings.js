/* A heading cell without words is read out as any other cell until it has some: it heads nothing yet. */
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
