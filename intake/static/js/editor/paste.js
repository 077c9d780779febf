/* What others put on the clipboard. The page's policy forbids styles and handlers in attributes: even to read one, the browser
   refuses, and complains. */
const TAG = /<[^>]*>/g;

export function withoutStyles(html) {
  return html.replace(TAG, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
}
