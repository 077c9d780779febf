"""Visible text and markup of pastes from Word, Google Docs and others, before and after cleaning.

Chromium reads both versions, because Transom's own parser is part of what is tested.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from intake.text import clean_body
from tests.browser import ARGS, find_browser
from tests.corpus.texts import TEXTS, names, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

ABOUT = """What Chromium shows of pasted texts before and after cleaning. *Keep all text* compares every character, except spaces and the markers
that Word writes into the paragraphs of a list. The other columns count the elements that contain text directly, before → after cleaning.
"""
KINDS = ("headings", "list items", "tables", "links", "emphasised runs")

# Counts elements that contain visible text. Bold counts only outside headings and table heads, which are always bold.
COUNT = r"""
() => {
  const HEADING = 'h1, h2, h3, h4, h5, h6, [role=heading], [class^=MsoTitle], [class^=MsoSubtitle], [class^=MsoHeading]';
  const says = (element, rule) => rule.test((element.getAttribute('style') || '').replace(/\s/g, ''));
  const up = (element, fits) => element && (fits(element) ? element : up(element.parentElement, fits));
  const item = element => element.matches('li') ||
    element.matches('p') && !element.matches(HEADING) && says(element, /mso-list:l\d+level\d/i);
  const link = element => element.matches('a[href]') && /^(https?|mailto):/i.test(element.getAttribute('href').trim());
  const inline = element => getComputedStyle(element).display.startsWith('inline');

  for (const marker of document.querySelectorAll('p [style*="mso-list" i]'))
    if (says(marker, /mso-list:ignore/i) && !marker.closest(HEADING)) marker.remove();

  const found = {headings: new Set(), 'list items': new Set(), tables: new Set(), links: new Set()};
  let runs = 0, last = {};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
    const heading = element.closest(HEADING);
    found.headings.add(heading);
    found['list items'].add(up(element, item));
    found.tables.add(element.closest('table'));
    found.links.add(up(element, link));
    const style = getComputedStyle(element);
    const look = {block: up(element, one => !inline(one)), bold: style.fontWeight >= 600, italic: style.fontStyle != 'normal'};
    const same = look.block == last.block && look.bold == last.bold && look.italic == last.italic;
    if ((look.bold || look.italic) && !same && !heading && !element.closest('th')) runs += 1;
    last = look;
  }
  const counts = Object.entries(found).map(([kind, set]) => [kind, [...set].filter(Boolean).length]);
  return [document.body.innerText.replace(/\s/g, ''), {...Object.fromEntries(counts), 'emphasised runs': runs}];
}
"""


class Paste(NamedTuple):
    """Row of the corpus: whether the visible text is unchanged, and the number of elements of each kind."""

    row: str
    keeps_text: bool
    before: dict[str, int]
    after: dict[str, int]


def section() -> str:
    """Table of all pastes of the corpus, or the reason why there is none."""
    if TEXTS is None:
        return "Pastes were not counted: the corpus of texts is not on this machine."
    with opened() as page:
        if page is None:
            return "Pastes were not counted: there is no browser on this machine."
        return table(
            {name: [paste(page, row["id"], row["payload"]) for row in rows(name)] for name in names("paste")}
        )


@contextmanager
def opened() -> "Iterator[Page | None]":
    """Browser tab that loads nothing, or None without a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            yield None
            return
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        yield page
        browser.close()


def paste(page: "Page", row: str, raw: str) -> Paste:
    """Visible content of a paste before and after cleaning."""
    (text, before), (kept, after) = seen(page, raw), seen(page, clean_body(raw, format="html").html)
    return Paste(row, text == kept, before, after)


def seen(page: "Page", html: str) -> tuple[str, dict[str, int]]:
    """Visible text without white space and Word's list markers, and the number of elements of each kind."""
    page.set_content(html, wait_until="commit")
    text, counts = page.evaluate(COUNT)
    return text, counts


def table(files: dict[str, list[Paste]]) -> str:
    """One line for each file and one for the total. Rows whose counts differ are listed below."""
    every = [one for pastes in files.values() for one in pastes]
    return "\n".join(
        [
            ABOUT,
            f"| pastes of | number | keep all text | {' | '.join(KINDS)} |",
            f"| --- |{' ---: |' * (2 + len(KINDS))}",
            *(_line(name.removeprefix("paste-").removesuffix(".jsonl"), of) for name, of in files.items()),
            _line("all", every),
            "",
            *(_difference(one) for one in every if one.before != one.after),
        ]
    )


def _line(name: str, pastes: Sequence[Paste]) -> str:
    kept = sum(one.keeps_text for one in pastes)
    return f"| {name} | {len(pastes)} | {kept} | {' | '.join(_change(pastes, kind) for kind in KINDS)} |"


def _change(pastes: Sequence[Paste], kind: str) -> str:
    before, after = sum(one.before[kind] for one in pastes), sum(one.after[kind] for one in pastes)
    return f"{before} → {after}"


def _difference(one: Paste) -> str:
    changed = [f"{kind} {_change([one], kind)}" for kind in KINDS if one.before[kind] != one.after[kind]]
    return f"- {one.row}: {', '.join(changed)}."
