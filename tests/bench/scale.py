"""200 waiting photos, cleaned by a worker with one, two and four processes, and by two workers that share no disk.

- **1, 2, 4 processes**: one worker (`TRANSOM_WORKER_CONCURRENCY`), files on the local disk.
- **S3: 1 worker**, **S3: 2 workers**: workers of one process each with data folders of their own, as on several machines. They share
  PostgreSQL, Valkey, a bucket and a copy of the key files. tests/journeys/test_several_machines.py shows that they clean one
  submission's photos together.

Ten submissions of twenty photos of 2 megapixels are in the ledger, and their queue is paused. The measurement runs from resuming the
queue until no job is left. The efficiency is below the table: photos per second of each process, divided by those of a single process. Processes
beyond the number of cores, also stated below, have nothing to run on. PostgreSQL, Valkey, the S3 server (rclone) and the relay run on
the same cores.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intake.db import transaction
from intake.job_kinds import QUEUES
from intake.jobs.queues import pause, resume
from intake.keys.files import prepare
from intake.settings import Settings, settings
from tests.bench import engine_room
from tests.bench.case import Case, Context, Measures
from tests.cast import Contributor
from tests.object_storage import ACCESS_KEY, SECRET_KEY, serving
from tests.photos.made import jpeg_with_gps
from tests.waiting import until

SUBMISSIONS, EACH = 10, 20
SIZE = (1632, 1224)
TIMEOUT_S = 600
HELD = ("text", "photos")


@contextmanager
def shared() -> Iterator[Context]:
    """The servers, including S3, and the photo."""
    with engine_room.served() as context:
        folder = Path(context["folder"])
        (folder / "photo").write_bytes(jpeg_with_gps(*SIZE, "CNRYbench"))
        prepare(Settings(data_dir=folder / "data"))
        with serving(folder / "s3") as bucket:
            yield {**context, "s3": bucket.url}


def cleaned(context: Context) -> Measures:
    """Clean the case's number of submissions with its number of workers and processes."""
    workers, processes = int(context["workers"]), int(context["processes"])
    photos = int(context["submissions"]) * EACH
    with engine_room.engine_room(context, **_bucket(context)) as engines:
        engines.relay()
        for number in range(workers):
            own = _machine(context, number) if context["files"] == "s3" else {}
            engines.worker("workers.app", *QUEUES, TRANSOM_WORKER_CONCURRENCY=str(processes), **own)
        engines.wait_for_workers()
        _hold()
        _send(context)
        with engines.costs() as costs:
            _let_go()
            until(engine_room.at_rest, TIMEOUT_S)
    rate = photos / costs["wall_s"]
    return costs | {"photos_per_s": rate, "photos_per_s_of_a_process": rate / (workers * processes)}


def _bucket(context: Context) -> dict[str, str]:
    if context["files"] != "s3":
        return {}
    keys = {"TRANSOM_S3_ACCESS_KEY": ACCESS_KEY, "TRANSOM_S3_SECRET_KEY": SECRET_KEY}
    return {"TRANSOM_S3_URL": context["s3"], **keys}


def _machine(context: Context, number: int) -> dict[str, str]:
    """Data folder with key files, and the settings that name the servers."""
    data = Path(context["folder"]) / f"machine-{number}"
    shutil.copytree(settings().master_key_path.parent, data / "keys", dirs_exist_ok=True)
    servers = {"TRANSOM_DATABASE_URL": settings().sqlalchemy_url, "TRANSOM_REDIS_URL": settings().broker_url}
    return {"TRANSOM_DATA_DIR": str(data), **servers}


def _hold() -> None:
    with transaction() as session:
        for queue in HELD:
            pause(session, queue, "The bench is not ready.")


def _send(context: Context) -> None:
    contributor, photo = Contributor(), (Path(context["folder"]) / "photo").read_bytes()
    for _ in range(int(context["submissions"])):
        contributor.submit(*[photo] * EACH)


def _let_go() -> None:
    with transaction() as session:
        for queue in HELD:
            resume(session, queue)


def _case(name: str, files: str, workers: int, processes: int, baseline: str = "") -> Case:
    given = {
        "files": files,
        "workers": str(workers),
        "processes": str(processes),
        "submissions": str(SUBMISSIONS),
    }
    return Case(name, call=cleaned, given=given, baseline=baseline, compared="photos_per_s_of_a_process")


CASES = [
    _case("1 process", "disk", 1, 1),
    _case("2 processes", "disk", 1, 2, "1 process"),
    _case("4 processes", "disk", 1, 4, "1 process"),
    _case("S3: 1 worker", "s3", 1, 1),
    _case("S3: 2 workers", "s3", 2, 1, "S3: 1 worker"),
]
