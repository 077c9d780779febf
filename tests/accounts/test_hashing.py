import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intake.accounts import hashing
from intake.accounts.hashing import PlacesTaken, SharedPlaces
from intake.settings import Settings
from tests.waiting import until


def places(folder: Path, count: int = 2, wait: float = 20, queue: int = 16) -> SharedPlaces:
    return SharedPlaces(folder / "places", count, wait_seconds=wait, queue=queue)


def test_point_44_no_more_threads_than_places_work_at_once(tmp_path: Path) -> None:
    found, lock, now, most = places(tmp_path, queue=20), threading.Lock(), [0], [0]

    def work(_number: int) -> None:
        with found.place():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.01)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(work, range(20)))
    assert most == [2]


def test_point_44_processes_share_the_places(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    inside, leave = context.Event(), context.Event()

    def hold() -> None:
        with places(tmp_path, 1).place():
            inside.set()
            leave.wait(60)

    other = context.Process(target=hold)
    other.start()
    assert inside.wait(60)
    with pytest.raises(PlacesTaken), places(tmp_path, 1, wait=0).place():
        pass
    leave.set()
    with places(tmp_path, 1, wait=60).place():
        pass
    other.join(60)


def test_point_44_a_killed_process_gives_its_place_back(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    inside = context.Event()

    def hold() -> None:
        with places(tmp_path, 1).place():
            inside.set()
            threading.Event().wait(60)

    other = context.Process(target=hold)
    other.start()
    assert inside.wait(60)
    other.kill()
    other.join(60)
    with places(tmp_path, 1, wait=60).place():
        pass


def test_point_44_who_has_a_place_needs_no_other(tmp_path: Path) -> None:
    found = places(tmp_path, 1, wait=0)
    with found.place(), found.place():
        pass
    with found.place():
        pass


@pytest.mark.parametrize(("wait", "queue"), [(0.0, 16), (20.0, 1)], ids=["time", "queue"])
def test_point_44_waiting_has_a_limit(tmp_path: Path, wait: float, queue: int) -> None:
    found = places(tmp_path, 1, wait=wait, queue=queue)
    if queue == 1:
        found._queue.acquire()  # somebody waits already
    with ThreadPoolExecutor(1) as pool, found.place(), pytest.raises(PlacesTaken) as caught:
        pool.submit(_enter, found).result()
    assert caught.value.retry_after == hashing.RETRY_SECONDS


def test_point_44_an_error_gives_the_place_back(tmp_path: Path) -> None:
    found = places(tmp_path, 1, wait=0)
    with pytest.raises(KeyError), found.place():
        raise KeyError
    with found.place():
        pass


def test_point_44_the_number_of_places_is_a_setting(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hashing.hashing()._places == app_settings.password_hashes == 2
    with hashing.hashing().place():
        assert until(lambda: (app_settings.data_dir / "locks" / "passwords" / "0").exists())


def _enter(found: SharedPlaces) -> None:
    with found.place():
        pass
