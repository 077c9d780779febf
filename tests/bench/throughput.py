"""Many photos at once through a whole installation (`transom up`) with default settings, and the cost of everything but cleaning.

- **unconfined**: one photo of 12 megapixels to three copies in one process, repeatedly: no sandbox, no verification, no encryption, no
  servers.
- **whole job**: the same in a sandboxed child each, with verification; still no encryption and no servers.
- **pipeline**: 40 submissions of five such photos each, posted by four clients at once, until no job is left: uploads, encryption,
  PostgreSQL, Valkey, relay and the worker's processes (one per core).

CPU time is per photo, in the last case that of all processes of the installation together.
"""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from intake import sandbox
from intake.photos import child, clean_photo
from intake.photos.answers import CLEAN
from tests.bench import pipeline
from tests.bench.case import Case, Context, Measures
from tests.bench.family import Watch
from tests.bench.newsroom import Newsroom
from tests.bench.photos import draw
from tests.bench.stopwatch import spent
from tests.waiting import until

CLIENTS = 4
EACH = 5
"""Photos per submission."""
ALONE = 10
"""Number of photos for the mean of a single job."""
TIMEOUT_S = 600
PICTURE = "upright"


def shared() -> AbstractContextManager[Context]:
    """Installation, and files to send."""
    return pipeline.installed(draw)


def unconfined(context: Context) -> Measures:
    """The job in this process, as a mean."""
    child.prepare()
    return _mean(context, child.clean)


def whole(context: Context) -> Measures:
    """The job as a worker runs it, as a mean."""
    sandbox.load(CLEAN)
    return _mean(context, clean_photo)


def _mean(context: Context, job: Callable[[bytes], object]) -> Measures:
    data = (Path(context["folder"]) / PICTURE).read_bytes()
    measures = spent(lambda: [job(data) for _ in range(ALONE)])
    return {name: value / ALONE for name, value in measures.items()}


def flood(context: Context) -> Measures:
    """Send as many submissions as the case gives."""
    submissions = int(context["submissions"])
    with Newsroom(context) as newsroom:
        until(newsroom.at_rest, TIMEOUT_S)
        begun = time.monotonic()
        with Watch(int(context["pid"])) as watch:
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(lambda _: newsroom.send(_title(), PICTURE, times=EACH), range(submissions)))
            until(newsroom.at_rest, TIMEOUT_S)
        wall = time.monotonic() - begun
    photos = submissions * EACH
    return {
        "wall_s": wall,
        "cpu_s": watch.cpu_s / photos,
        "peak_mb": watch.peak_mb,
        "photos_per_s": photos / wall,
    }


def _title() -> str:
    return f"Submission {uuid.uuid4()}"


CASES = [
    Case("unconfined", call=unconfined),
    Case("whole job", call=whole),
    Case(
        "pipeline",
        call=flood,
        given={"submissions": "40"},
        baseline="whole job",
        compared="cpu_s",
        limit_s=900,
    ),
]
