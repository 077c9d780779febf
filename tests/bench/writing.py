"""An editor's work on a text of 5,000 words with 30 headings, 40 footnotes and 10 placed photos, in Chromium, on a whole installation.

- **open**: from the address of the edit page until the rich editor takes keys.
- **typing**: from a key until the next frame is on the screen. 96 keys, in the middle of the text.
- **typing, searching**: the same while the search marks all places of a frequent word.
- **save**: the request that saves the text as a new revision, without the page that follows.
- **compare**: the page that compares this text with one in which every tenth paragraph has other words.

Wall time is the mean of several times, and p95 the time in which 95 % were done. CPU time is that of the measuring process, without browser and
server, so it says nothing here.
"""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.bench.case import Case, Context, Measures
from tests.journeys.people import PASSWORD, log_in
from tests.photos import made
from tests.waiting import until
from tests.whole import running

WORDS, HEADINGS, NOTES, PHOTOS = 5000, 30, 40, 10
TIMES = 7
EDITOR, TITLE = "writer@transom.example", "A long text"
KEYS = "abc de fgh. " * 8
PAUSE_MS = 40
"""Pause between keys: a fast writer needs 100 ms."""
CHROMIUM = "/usr/bin/chromium-headless-shell"
_SENTENCE = (
    "Ten people came to the house of prayer in the morning and closed its door while the neighbours watched and said nothing "
    "because the children could not go to school that day"
)
_SAID = _SENTENCE.split()
_WATCH = """() => {
    window.frames_ms = [];
    document.addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.frames_ms.push(performance.now() - timeStamp);
        port2.postMessage(0);
    }), true);
}"""
_CURSOR = """() => {
    const blocks = [...document.querySelectorAll("[data-surface] > p")];
    const middle = blocks[Math.floor(blocks.length / 2)];
    middle.scrollIntoView();
    document.querySelector("[data-surface]").focus();
    getSelection().collapse(middle.firstChild, 5);
}"""


def article(words: int = WORDS, changed: int = 0, photos: list[str] | None = None) -> str:
    """Cleaned HTML of about so many words. With `changed`, each paragraph of this number has other words."""
    paragraphs = HEADINGS * 4
    length = words // paragraphs
    blocks: list[str] = []
    notes: list[str] = []
    for number in range(paragraphs):
        if number % 4 == 0:
            blocks.append(f"<h{2 + number % 3 % 2}>Day {number // 4 + 1} of the town</h{2 + number % 3 % 2}>")
        said = [_SAID[(place + number) % len(_SAID)] for place in range(length)]
        if changed and number % changed == 0:
            said.reverse()
        mark = ""
        if number % 3 == 1:
            note = len(notes) + 1
            mark = f'<a href="#note-{note}" id="ref-{note}"><sup>{note}</sup></a>'
            notes.append(f'<li id="note-{note}">A witness. <a href="#ref-{note}">↩</a></li>')
        blocks.append(
            f"<p>{' '.join(said[:9])} <strong>{' '.join(said[9:12])}</strong> {' '.join(said[12:])}{mark}.</p>"
        )
        if photos and number % 12 == 5 and number // 12 < len(photos):
            blocks.append(f'<figure id="photo-{photos[number // 12]}"></figure>')
    return f"{''.join(blocks)}<ol>{''.join(notes)}</ol>"


@contextmanager
def shared(words: int = WORDS) -> Iterator[Context]:
    """Installation with one submission, whose revisions 2 and 3 have the photos placed in the text.

    Revision 3 has the text. In revision 2, every tenth paragraph has its words in reverse order.
    """
    with TemporaryDirectory(prefix="transom-bench-") as folder, running(Path(folder)) as whole:
        whole.add_editor(EDITOR, PASSWORD, "editor")
        photos = [made.encoded(made.scene(), "JPEG", quality=70 + number) for number in range(PHOTOS)]
        whole.submit(TITLE, photos=photos, body=article(words), format="html")
        with _desk({"url": whole.settings.base_url}) as page:
            path = until(lambda: _path(page), 60)
            _write(page, path, words, changed=10)
            _write(page, path, words)
        yield {"url": whole.settings.base_url, "path": path}


def _path(page: Page) -> str | None:
    page.goto("/desk/?sort=newest")
    link = page.get_by_role("link", name=TITLE, exact=True)
    return (link.first.get_attribute("href") or "").partition("?")[0] if link.count() else None


def _write(page: Page, path: str, words: int, changed: int = 0) -> None:
    """Save a revision with this text, and photos placed in it."""
    _open(page, path)
    photos = [field.input_value() for field in page.locator("[data-order-item] input[name$='-id']").all()]
    page.locator("[data-source]").click()
    page.locator("textarea[name=body]").fill(article(words, changed, photos))
    _save(page)


def _open(page: Page, path: str) -> None:
    page.goto(f"{path}/revisions/new")
    draft = page.get_by_role("button", name="Discard draft")
    if draft.count():
        draft.first.click()
        page.goto(f"{path}/revisions/new")
    page.wait_for_selector("[data-surface][contenteditable=true]", state="attached")


def _save(page: Page) -> float:
    """Save, and return the seconds that the request took."""
    with page.expect_response(
        lambda got: got.request.method == "POST" and got.url.endswith("/revisions")
    ) as found:
        page.get_by_role("button", name="Save as a new revision").click()
    request = found.value.request
    page.wait_for_url(lambda url: not url.endswith("/new"))
    return max(0.0, request.timing["responseStart"] - request.timing["requestStart"]) / 1000


@contextmanager
def _desk(context: Context) -> Iterator[Page]:
    """Page of a browser in which the editor is logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM if Path(CHROMIUM).exists() else None)
        page = browser.new_context(base_url=context["url"]).new_page()
        page.set_default_timeout(60_000)
        log_in(page, EDITOR)
        yield page
        browser.close()


def opening(context: Context) -> Measures:
    """Times until the rich editor accepts keys. The first run fills the browser's cache and is not counted."""
    with _desk(context) as page:
        _open(page, context["path"])
        times = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            page.goto(f"{context['path']}/revisions/new", wait_until="commit")
            page.wait_for_selector("[data-surface][contenteditable=true]")
            times.append(time.perf_counter() - begun)
        return _measures(times)


def typing(context: Context) -> Measures:
    """Times from a key to the frame that shows it."""
    with _desk(context) as page:
        _open(page, context["path"])
        if context["words"]:
            page.locator("[data-surface]").press("Control+f")
            page.locator("[data-find-words]").fill(context["words"])
        page.evaluate(_CURSOR)
        page.evaluate(_WATCH)
        for key in KEYS:
            page.keyboard.press("Space" if key == " " else key)
            page.wait_for_timeout(PAUSE_MS)
        found: list[float] = page.evaluate("window.frames_ms")
        if len(found) < len(KEYS):
            print(f"only {len(found)} of {len(KEYS)} keys were seen", file=sys.stderr)
        return _measures([one / 1000 for one in found])


def saving(context: Context) -> Measures:
    """Times of the request that saves a changed text."""
    with _desk(context) as page:
        times = []
        for number in range(TIMES):
            _open(page, context["path"])
            page.evaluate(_CURSOR)
            page.keyboard.type(f"{number} ")
            page.wait_for_selector("[data-draft-unsaved]", state="hidden")
            times.append(_save(page))
        return _measures(times)


def comparing(context: Context) -> Measures:
    """Times of the page that compares the first two revisions with these photos."""
    with _desk(context) as page:
        times = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            answer = page.request.get(f"{context['path']}/compare?from=2&to=3")
            times.append(time.perf_counter() - begun)
            assert answer.ok
            assert re.search(r"<(?:ins|del)\b", answer.text())
        return _measures(times)


def _measures(times: list[float]) -> Measures:
    parts = [1000 * part for part in quantiles(times, n=20, method="inclusive")]
    return {"wall_s": fmean(times), "least_ms": 1000 * min(times), "p50_ms": parts[9], "p95_ms": parts[18]}


CASES = [
    Case("open", call=opening),
    Case("typing", call=typing, given={"words": ""}),
    Case("typing, searching", call=typing, given={"words": "the"}),
    Case("save", call=saving),
    Case("compare", call=comparing),
]
