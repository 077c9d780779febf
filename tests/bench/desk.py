"""Pages of the desk with 1,000 and with 1,000,000 submissions, requested from the application by a logged-in editor.

The submissions are generated in ten languages and six scripts (tests/bench/vocabulary.py). A text has 160 words: a few occur in every
text, most in very few. Three of ten have photos, one of twenty a note. 50 of the thousand are undecided, and 20,000 of the million.
Three saved views are shown above the queue and counted on each of its pages.

- **queue**: the first page of a lane, and a page from anywhere in it.
- **search**: a word of every third text, one of a few in a thousand, one of three texts in all, a Chinese word of two characters, a
  phrase, two words, a word in one lane, a word that occurs nowhere.
- **filter**: one that matches many, one that matches three, several at once, long waiting.
- **submission page**: any decided one. **decision**: rejecting an open one, which is undone before the next.

Times are those of a request: routing, session, queries, template, until all bytes of the response are there. p95 is compared. `queries`
is the number of SQL statements of a request. A case fails if that number varies.

PostgreSQL is the embedded one with its own settings (64 MB of shared buffers), but without waiting for the disk.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import psycopg

from intake.db import migrate
from intake.local.servers.postgres import Postgres
from intake.local.supervision.supervisor import Supervisor
from tests.bench.archive import Archive
from tests.bench.case import Case, Context, Measures
from tests.bench.deskside import Deskside
from tests.bench.sealed_rows import NEEDLE, PLACE
from tests.bench.vocabulary import Writer

SIZES = {"1,000": Archive("small", 1000, 50), "1,000,000": Archive("large", 1_000_000, 20_000)}
"""Label → database name and content."""
REQUESTS = 50
RUSSIAN, CHINESE = Writer("ru").words, Writer("zh-Hans").words
COMMON, OTHER, UNCOMMON = RUSSIAN[1], RUSSIAN[3], RUSSIAN[1500]
PHRASE = f'"{RUSSIAN[4]} {RUSSIAN[7]}"'


@contextmanager
def shared(sizes: dict[str, Archive] = SIZES) -> Iterator[Context]:
    """Server with a filled database of each size."""
    with TemporaryDirectory(prefix="transom-bench-") as name:
        server = Postgres(Path(name) / "postgres", Path(name) / "run", durable=False)
        supervisor = Supervisor([server.spec(Path(name) / "postgres.log")])
        try:
            supervisor.start()
            for archive in sizes.values():
                _fill(server.url, archive, Path(name))
            yield {"url": server.url, "folder": name}
        finally:
            supervisor.stop()
            shutil.rmtree(server.run_dir, ignore_errors=True)


def _fill(url: str, archive: Archive, folder: Path) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {archive.name} TEMPLATE template0".encode())
    there = named(url, archive.name)
    migrate(there.replace("postgresql://", "postgresql+psycopg://", 1))
    # The file that the application reads its secret from, in `Deskside`.
    for step in archive.fill(there, folder / "data/keys/master.key"):
        print(f"{archive.count:,} submissions: {step}", file=sys.stderr, flush=True)


def named(url: str, database: str) -> str:
    """URL of another database of the same server."""
    return url.replace("/transom?", f"/{database}?")


def pages(context: Context) -> Measures:
    """Requests to URLs that the case's `kind` yields."""
    with _deskside(context) as desk:
        addresses = ADDRESSES[context["kind"]](desk)
        return desk.measured((partial(desk.get, address) for address in addresses), REQUESTS)


def decisions(context: Context) -> Measures:
    """Requests that reject a submission."""
    with _deskside(context) as desk:
        return desk.measured(desk.rejections(), REQUESTS)


def _deskside(context: Context) -> Deskside:
    return Deskside(named(context["url"], context["database"]), Path(context["folder"]))


def _same(**words: str) -> Callable[[Deskside], Iterator[str]]:
    def make(_desk: Deskside) -> Iterator[str]:
        while True:
            yield f"/desk/?{urlencode(words)}"

    return make


def _deep(lane: str) -> Callable[[Deskside], Iterator[str]]:
    return lambda desk: (f"/desk/?lane={lane}&after={place}" for place in desk.places(lane))


def _submissions(desk: Deskside) -> Iterator[str]:
    return (f"/desk/submissions/{here}" for here in desk.decided())


ADDRESSES: dict[str, Callable[[Deskside], Iterator[str]]] = {
    "queue: ours": _same(),
    "queue: done": _same(lane="done"),
    "queue: done, deep": _deep("done"),
    "search: common word": _same(q=COMMON),
    "search: uncommon word": _same(q=UNCOMMON),
    "search: rare word": _same(q=NEEDLE),
    "search: Chinese word": _same(q=CHINESE[30]),
    "search: phrase": _same(q=PHRASE),
    "search: two words, oldest": _same(q=f"{COMMON} {OTHER}", sort="oldest"),
    "search: in our turn": _same(q=COMMON, lane="ours"),
    "search: no hit": _same(q="неттакого"),
    "filter: language": _same(lane="done", language="kk"),
    "filter: rare region": _same(lane="all", region=PLACE),
    "filter: tag": _same(lane="all", tag="checked"),
    "filter: three at once": _same(lane="all", section="News", photos="yes", language="ru"),
    "filter: waited a year": _same(lane="done", hours="8760"),
    "filter: nobody's, overdue": _same(claimed="nobody", overdue="yes"),
    "submission page": _submissions,
}
CASES = [
    Case(
        f"{kind}: {size}",
        call=decisions if kind == "decision" else pages,
        given={"kind": kind, "database": archive.name},
        baseline=f"{kind}: 1,000" if size != "1,000" else "",
        compared="p95_ms",
    )
    for kind in (*ADDRESSES, "decision")
    for size, archive in SIZES.items()
]
