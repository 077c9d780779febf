// Reads block markup from the input by WordPress's own code, and prints its blocks as JSON. Run in a folder with node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { JSDOM, VirtualConsole } = require("jsdom");
// The blocks expect a browser. What jsdom lacks is never used to save a block.
const { window } = new JSDOM("<!doctype html>", { url: "https://example.org/", pretendToBeVisual: true, virtualConsole: new VirtualConsole() });
class Observer { observe() {} unobserve() {} disconnect() {} }
const nothing = () => {};
Object.assign(window, {
  ResizeObserver: Observer, IntersectionObserver: Observer, scrollTo: nothing, CSS: { supports: () => false, escape: String },
  matchMedia: () => ({ matches: false, addListener: nothing, removeListener: nothing, addEventListener: nothing, removeEventListener: nothing }),
});
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
Object.assign(globalThis, { window, document: window.document });
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
for (const name of ["log", "info", "warn", "error", "groupCollapsed"]) console[name] = nothing;

const { parse: parseDelimiters } = require("@wordpress/block-serialization-default-parser");
const { parse } = require("@wordpress/blocks");
require("@wordpress/block-library").registerCoreBlocks();

const markup = readFileSync(0, "utf8");
const bare = (blocks) => blocks.filter((block) => block.blockName === null && block.innerHTML.trim());
if (bare(parseDelimiters(markup)).length) throw new Error("there is text outside all blocks");
const flat = (blocks) => blocks.flatMap((block) => [block, ...flat(block.innerBlocks)]);
const told = flat(parse(markup)).map(({ name, isValid, originalContent, validationIssues }) => ({
  name, isValid, issues: isValid ? [] : [originalContent, ...validationIssues.map((issue) => issue.args.map(String).join(" "))],
}));
process.stdout.write(JSON.stringify(told), () => process.exit(0));
