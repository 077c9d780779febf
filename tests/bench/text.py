"""A text cleaned, compared with sanitizers that do nothing else, and with a text ten times as long.

One article of headings, emphasis, links, lists and quotes, in plain English (ASCII), at three sizes:

- **nh3**: `nh3.clean` with our policy, in Rust.
- **bleach**: bleach's `Cleaner` with our policy, which is one of the steps of Transom.
- **transom**: `clean_body`: guard, parser, blocks, invisible characters, bleach, verification; then words, language and flags.

Transom is compared with bleach, and bleach with nh3: transom ÷ nh3 is the product of the two. Each run has links of its own, so no cache helps.
All other cases are shapes that are hard for parsers, cleaned by Transom at 30 KB and at 300 KB: linear work has a ratio of 10. What the
guard refuses is kept as text, so 300 KB may cost less than 30. Those shapes are listed below.

Figures are of one text: the mean of as many as take half a second of CPU time, one after the other. A KB is 1,000 characters.
"""

from collections.abc import Callable
from functools import partial
from itertools import chain, count, cycle

import nh3
from bleach.sanitizer import Cleaner

from intake.text import clean_body
from intake.text.html.allow_list import ATTRIBUTES, PROTOCOLS, TAGS
from tests.bench.case import Case, Context, Measures
from tests.bench.stopwatch import spent

KB = 1000
SIZES = ("2", "20", "300")
SMALL, LARGE = "30", "300"
ENOUGH_S = 0.5
RUN = "run-0"
"""Placeholder in each link, replaced by the number of the run."""

BLOCKS = (
    "<h2>What the town saw on day {n}</h2>",
    "<p>Ten people came to the <strong>house of prayer</strong> in the morning and closed its door. The neighbours "
    "watched and said nothing, and the children could not go to school.</p>",
    '<p>We asked for <em>a paper from the court</em>, but they had none, as <a href="https://example.org/run-0/{n}">the '
    "local council</a> wrote later. In the evening all went out, lit candles and stood in silence.</p>",
    "<ul><li>The door was sealed.</li><li>The books were <em>counted</em> and taken.</li><li>Nobody was heard.</li></ul>",
    "<blockquote><p>I have never seen such a day, and I will not forget it, said the old man.</p></blockquote>",
    "<h3>What came after</h3>",
    '<ol><li>A letter to <a href="https://example.org/run-0/{n}">the ministry</a>.</li><li>No answer.</li></ol>',
)


def article(size: int) -> str:
    """Typical article, as a list of blocks."""
    blocks = (block.format(n=n) for n, block in zip(count(1), cycle(BLOCKS), strict=False))
    text = ""
    while len(text) < size:
        text += next(blocks)
    return text


def repeated(unit: str) -> Callable[[int], str]:
    """Text of the required size from a repeated shape."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def deep(opening: str, closing: str) -> Callable[[int], str]:
    """Blocks nested almost as deep as the guard allows, repeated."""
    return repeated(opening * 90 + "x" + closing * 90)


SHAPES: dict[str, Callable[[int], str]] = {
    "article": article,
    "open lists": repeated("<ul><li>x"),
    "deep lists": deep("<ul><li>", "</li></ul>"),
    "open quotes": repeated("<blockquote>"),
    "deep quotes": deep("<blockquote>", "</blockquote>"),
    "attributes": lambda size: f"<p {' '.join(f'a{n:05}=x' for n in range(size // 9))}>x</p>",
    "less-than signs": repeated("<"),
    "open comments": repeated("<!-- x "),
    "escapes": repeated("&amp;"),
    "sparse escapes": repeated("bread &amp; salt, wind and rain "),
    "line breaks": repeated("<br>"),
    "open paragraphs": repeated("<p>x"),
    "rows of a table": lambda size: "<table>" + repeated("<tr><td>x</td><td>y</td></tr>")(size),
    "zero-width": repeated("x\u200b"),
    "combining marks": repeated("x" + "\u0301" * 99),
    "isolates": repeated("\u2066x"),
    "misnested": repeated("<p><b><i><u>x</p>"),
}


def bleached(raw: str) -> str:
    """Clean with bleach, configured like Transom's."""
    cleaner = Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True)
    return cleaner.clean(raw)


ALLOWED = {tag: set(names) for tag, names in ATTRIBUTES.items()}
CLEANERS: dict[str, Callable[[str], object]] = {
    "nh3": partial(nh3.clean, tags=set(TAGS), attributes=ALLOWED, url_schemes=set(PROTOCOLS)),
    "bleach": bleached,
    "transom": partial(clean_body, format="html"),
}


def one(context: Context) -> Measures:
    """Clean a text of the case's shape and size repeatedly.

    The first run, which fills caches, is not measured.
    """
    clean, raw = CLEANERS[context["by"]], SHAPES[context["shape"]](int(context["kb"]) * KB)
    clean(raw)
    wall, cpu, times = 0.0, 0.0, 0
    while cpu < ENOUGH_S:
        times += 1
        measures = spent(partial(clean, raw.replace(RUN, f"run-{times}")))
        wall, cpu = wall + measures["wall_s"], cpu + measures["cpu_s"]
    return {"wall_s": wall / times, "cpu_s": cpu / times, "cpu_ms": 1000 * cpu / times}


def beside(kb: str) -> list[Case]:
    """Cases for the article with each cleaner, each compared with the next faster one."""
    return [
        _case(f"{kb} KB: {by}", f"{kb} KB: {quicker}" if quicker else "", by=by, shape="article", kb=kb)
        for quicker, by in (("", "nh3"), ("nh3", "bleach"), ("bleach", "transom"))
    ]


def growth(shape: str) -> list[Case]:
    """Cases for a shape with Transom, at one and ten times the size."""
    name = f"{shape}: {SMALL} KB"
    small = _case(name, "", by="transom", shape=shape, kb=SMALL)
    return [small, _case(f"{shape}: {LARGE} KB", name, by="transom", shape=shape, kb=LARGE)]


def _case(name: str, baseline: str, **given: str) -> Case:
    return Case(name, call=one, given=given, baseline=baseline, compared="cpu_s")


CASES = [*chain.from_iterable(map(beside, SIZES)), *chain.from_iterable(map(growth, SHAPES))]


def appendix() -> str:
    """List of shapes that are kept as text, and the table of pastes."""
    # Imported here, because it imports pytest, which would add to the memory of each case.
    from tests.bench import paste

    kept = (
        f"- At {kb} KB kept as text: {', '.join(filter(partial(_kept, kb), SHAPES))}" for kb in (SMALL, LARGE)
    )
    return "\n".join([*kept, "", paste.section()])


def _kept(kb: str, shape: str) -> bool:
    return clean_body(SHAPES[shape](int(kb) * KB), format="html").fallback
