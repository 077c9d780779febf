"""From a contributor's POST until `editor_queue` lists the submission, on a whole installation (`transom up`) with default settings.

- **idle**: one submission of 1,200 words and a photo of 12 megapixels, while there is no other work.
- **idle, text only**: the same without the photo.
- **under 50**: the same as idle, but four clients have just posted 50 others with photos of 2 megapixels. Wall time is that of the
  last submission; submissions per s counts all 51, from the first POST until the last is in the queue.

Wall time is the latency that a contributor and an editor see, checked every 20 ms. CPU time is that of all processes of the installation
until no job is left, in the last case of all 51 submissions. Peak memory is that of the largest single process.
"""

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.settings import Settings
from tests.bench.case import Case, Context, Measures
from tests.bench.engine_room import at_home
from tests.bench.family import Watch
from tests.bench.newsroom import Newsroom
from tests.journeys.texts import KAZAKH, article
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole, running

WORDS = 1200
LARGE, SMALL = (4000, 3000), (1632, 1224)
CLIENTS = 4
TIMEOUT_S = 300


def shared() -> AbstractContextManager[Context]:
    """Installation, and files to send."""
    return installed(_draw)


def _draw(folder: Path) -> None:
    (folder / "large").write_bytes(jpeg_with_gps(*LARGE, "CNRYbench"))
    (folder / "small").write_bytes(jpeg_with_gps(*SMALL, "CNRYbench"))


@contextmanager
def installed(draw: Callable[[Path], None]) -> Iterator[Context]:
    """Installation, with a folder that has a text and the photos that `draw` writes."""
    with TemporaryDirectory(prefix="transom-bench-") as name:
        folder = Path(name)
        draw(folder)
        (folder / "text").write_text(article(KAZAKH, WORDS), "utf-8")
        with _installation(folder) as whole:
            yield {
                "folder": name,
                "url": whole.settings.base_url,
                "database": whole.settings.sqlalchemy_url,
                "pid": str(whole.process.pid),
            }


@contextmanager
def _installation(folder: Path) -> Iterator[Whole]:
    """Temporary installation, whose folders are all deleted."""
    try:
        with running(folder) as whole:
            yield whole
    finally:
        shutil.rmtree(Settings(data_dir=folder / "data").run_dir, ignore_errors=True)


def one(context: Context) -> Measures:
    """One submission, with the photo of the case if it has one."""
    with _watched(context) as (newsroom, costs):
        costs["wall_s"] = _latency(newsroom, context.get("photo"))
    return costs


def last_of_many(context: Context) -> Measures:
    """Submission that follows as many others as the case gives."""
    others = int(context["others"])
    with _watched(context) as (newsroom, costs):
        waiting, begun = newsroom.waiting(), time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda _: newsroom.send(_title(), "small"), range(others)))
        costs["wall_s"] = _latency(newsroom, "large")
        until(lambda: newsroom.waiting() == waiting + others + 1, TIMEOUT_S)
        costs["submissions_per_s"] = (others + 1) / (time.monotonic() - begun)
    return costs


@contextmanager
def _watched(context: Context) -> Iterator[tuple[Newsroom, Measures]]:
    """Idle newsroom, and a dict that gets the cost of its processes.

    After the block, once the newsroom is idle again, the dict receives `cpu_s` and `peak_mb`.
    """
    costs: Measures = {}
    # The queue opens titles with the keys of the installation.
    with at_home(context), Newsroom(context) as newsroom:
        until(newsroom.at_rest, TIMEOUT_S)
        with Watch(int(context["pid"])) as watch:
            yield newsroom, costs
            until(newsroom.at_rest, TIMEOUT_S)
    costs |= {"cpu_s": watch.cpu_s, "peak_mb": watch.peak_mb}


def _latency(newsroom: Newsroom, photo: str | None) -> float:
    title, begun = _title(), time.monotonic()
    newsroom.send(title, photo)
    until(lambda: newsroom.lists(title, photos=1 if photo else 0), TIMEOUT_S)
    return time.monotonic() - begun


def _title() -> str:
    return f"Submission {uuid.uuid4()}"


CASES = [
    Case("idle", call=one, given={"photo": "large"}),
    Case("idle, text only", call=one),
    Case("under 50", call=last_of_many, given={"others": "50"}, baseline="idle"),
]
