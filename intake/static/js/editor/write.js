/* Writes a document as HTML exactly like intake/text/html/blocks.py, so that an unchanged text stays identical. */

const MARKS = ["strong", "em", "u", "s", "code", "sub", "sup"];
const FOLDED = new Set(["li", "td", "th"]);
const LINE_ENDS = /(<\/(?:p|h[2-4]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|figure)>|<hr>|<(?:ul|ol|blockquote|table)(?: [^<>]*)?>)(?=<)/g;
const LINES = new RegExp(LINE_ENDS.source.replace("(?=<)", "\\n(?=<)"), "g");

const written = new WeakMap();

/** Writes the text. A block that did not change is not written again. */
export function write(doc) {
  return children(doc).filter((child) => !(child.isTextblock && !child.content.size)).map((child) => {
    if (!written.has(child)) written.set(child, block(child));
    return written.get(child);
  }).join("");
}

/** Writes each block on a line of its own, as in the text area (intake/text/display.py). */
export function withLines(html) {
  return html.replace(LINE_ENDS, "$1\n");
}

export function withoutLines(source) {
  const html = source.replace(/\r\n?/g, "\n").replace(LINES, "$1").trim();
  return html.replace(/<pre(?: [^<>]*)?>[^]*?<\/pre>|\n/g, (found) => (found === "\n" ? " " : found));
}

function children(node) {
  const found = [];
  node.forEach((child) => found.push(child));
  return found;
}

/** Writes a cell or an item. A single paragraph loses its tags, and an empty one is omitted. */
function blocks(box) {
  const inside = children(box).filter((child) => !(child.isTextblock && !child.content.size));
  const folded = FOLDED.has(box.type.name) && inside.filter((child) => child.type.name === "p").length === 1;
  return inside.map((child) => (folded && child.type.name === "p" ? inline(child) : block(child))).join("");
}

function block(node) {
  const { name } = node.type;
  if (name === "hr") return "<hr>";
  if (name === "photo") return `<figure id="photo-${node.attrs.photo}"></figure>`;
  if (name === "heading") return `<h${node.attrs.level}${attributes(node)}>${inline(node)}</h${node.attrs.level}>`;
  if (name === "table") return `<table${attributes(node)}>${parts(node)}</table>`;
  if (node.isTextblock) return `<${name}${attributes(node)}>${inline(node)}</${name}>`;
  return `<${name}${attributes(node)}>${blocks(node)}</${name}>`;
}

/** Writes the attributes of a block in alphabetical order. */
function attributes({ type, attrs }) {
  const kept = { dir: attrs.dir || null };
  if (type.name === "li") Object.assign(kept, { id: attrs.note || null, value: attrs.value });
  if (type.name === "ol") {
    const first = attrs.start === 1 && !attrs.reversed ? null : attrs.start;
    Object.assign(kept, { reversed: attrs.reversed ? "reversed" : null, start: first, type: attrs.type || null });
  }
  for (const name of ["colspan", "rowspan"]) kept[name] = attrs[name] > 1 ? attrs[name] : null;
  return Object.keys(kept).sort().filter((name) => kept[name] !== null).map((name) => ` ${name}="${kept[name]}"`).join("");
}

/** Returns the table part of a row. A new row joins the part of the previous row. */
function parts(table) {
  let html = "";
  let open = "";
  for (const row of children(table)) {
    const part = row.attrs.part || open || "tbody";
    if (part !== open) {
      html += `${closing(open)}<${part.split(" ")[0]}>`;
      open = part;
    }
    html += `<tr>${children(row).map(block).join("")}</tr>`;
  }
  return html + closing(open);
}

function closing(part) {
  return part ? `</${part.split(" ")[0]}>` : "";
}

function inline(leaf) {
  let html = "";
  let opened = [];
  for (const child of children(leaf)) {
    const wanted = look(child.marks);
    html += turn(opened, wanted) + (child.isText ? escaped(child.text) : "<br>");
    opened = wanted;
  }
  return html + turn(opened, []);
}

/** Returns the tags around a run of text, outermost first. */
function look(marks) {
  const names = new Set(marks.map((mark) => mark.type.name));
  const link = marks.find((mark) => mark.type.name === "link");
  return [...(link ? [anchor(link.attrs.href)] : []), ...MARKS.filter((name) => names.has(name))];
}

/** Gives a footnote mark the id that its note links back to. */
function anchor(href) {
  const name = href.startsWith("#note-") ? ` id="ref-${href.slice("#note-".length)}"` : "";
  return `a href="${escaped(href).replace(/"/g, "&quot;").replace(/'/g, "&#x27;")}"${name}`;
}

function turn(opened, wanted) {
  let same = 0;
  while (same < opened.length && opened[same] === wanted[same]) same += 1;
  const close = opened.slice(same).reverse().map((tag) => `</${tag.split(" ")[0]}>`);
  return close.join("") + wanted.slice(same).map((tag) => `<${tag}>`).join("");
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
