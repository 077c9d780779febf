import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.local.errors import CannotStart
from intake.local.up import _check_python
from tests.local.running import ROOT, Installation, free_port, stop, wait_for
from tests.local.standins import Journal
from tests.waiting import until

Install = Callable[..., Installation]


@pytest.fixture
def install(tmp_path: Path, journal: Journal) -> Iterator[Install]:
    """Makes installations below a folder that nobody else may enter and whose name has a space."""
    made: list[Installation] = []
    home = tmp_path / "news room"
    home.mkdir(mode=0o700)

    def make(**extra: str) -> Installation:
        made.append(Installation(home / "data", journal, free_port(), extra))
        return made[-1]

    yield make
    for one in made:
        shutil.rmtree(one.settings.run_dir, ignore_errors=True)


def test_everything_starts_in_order_and_ctrl_c_stops_it_in_reverse(install: Install) -> None:
    one = install()
    with one.up("worker", "web") as running:
        assert one.query("SELECT 1") == 1
        assert one.broker_answers()
        assert one.settings.run_dir.stat().st_mode & 0o777 == 0o700
        assert stop(running) == 0
        assert one.journal.lines == ["started worker", "started web", "stopped web", "stopped worker"]
        assert not one.alive
    assert list(one.settings.run_dir.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)])
def test_other_ways_of_asking_it_to_stop(install: Install, number: int) -> None:
    one = install()
    with one.up("web") as running:
        assert stop(running, number) == 0
        assert not one.alive


def test_data_outlives_a_stop(install: Install) -> None:
    one = install()
    with one.up() as running:
        one.query("CREATE TABLE kept AS SELECT 7 AS number")
        stop(running)
    with one.up():
        assert one.query("SELECT number FROM kept") == 7


def test_nothing_outlives_a_killed_supervisor_and_the_next_starts_at_once(install: Install) -> None:
    one = install()
    with one.up("worker:parent", "web") as running:
        one.query("CREATE TABLE kept AS SELECT 7 AS number")
        running.kill()
        running.communicate()
        with one.up("web"):
            assert one.query("SELECT number FROM kept") == 7
            assert one.journal.lines.count("stopped worker") == 1
    until(lambda: not one.alive)
    assert one.journal.lines[-1] == "stopped web"


def reaper_of(supervisor: int) -> int:
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return next(int(pid) for pid in children if "reaper.py" in Path(f"/proc/{pid}/cmdline").read_text())


@pytest.mark.slow
def test_a_start_clears_away_what_outlived_even_the_reaper(install: Install) -> None:
    one = install()
    with one.up("web") as running:
        os.kill(running.pid, signal.SIGSTOP)
        os.kill(reaper_of(running.pid), signal.SIGKILL)
        running.kill()
        running.communicate()
        left = set(one.alive)
        assert len(left) >= 3
        with one.up("web"):
            assert not left & set(one.alive)
            assert one.query("SELECT 1") == 1


@pytest.mark.parametrize("name", ["postgres", pytest.param("valkey-server", marks=pytest.mark.slow)])
def test_a_killed_server_comes_back(install: Install, name: str) -> None:
    one = install()
    with one.up("web") as running:
        victim = next(
            pid for pid, line in one.alive.items() if f"/{name} " in line.partition(" -- ")[0] + " "
        )
        os.kill(victim, signal.SIGKILL)
        wait_for(running, "was ended by SIGKILL")
        until(one.broker_answers)
        until(lambda: answers_query(one))
        assert stop(running) == 0


def answers_query(one: Installation) -> bool:
    import psycopg

    try:
        return one.query("SELECT 1") == 1
    except psycopg.OperationalError:
        return False


@pytest.mark.slow
def test_a_stale_lock_whose_number_now_belongs_to_another_does_no_harm(install: Install) -> None:
    one = install()
    with one.up() as running:
        stop(running)
    stale = f"{os.getpid()}\n{one.data_dir}/postgres/cluster\n1\n5432\n{one.settings.run_dir}\n\n 1 1\n"
    (one.data_dir / "postgres" / "cluster" / "postmaster.pid").write_text(stale)
    (one.settings.run_dir / ".s.PGSQL.5432.lock").write_text(stale)
    (one.settings.run_dir / "valkey.sock").write_text("")
    with one.up():
        assert one.query("SELECT 1") == 1


def refusal(one: Installation) -> str:
    """Run a start that must be refused. Returns its error output, which must be a single line."""
    running = one.run("web")
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1, (out, err)
    assert err.count("\n") == 1
    assert "started web" not in one.journal.lines
    assert not one.alive
    return err


def test_a_second_server_on_the_same_data(install: Install) -> None:
    one = install()
    with one.up():
        second = one.run("web")
        _, err = second.communicate(timeout=60)
    assert second.returncode == 1
    assert (
        err
        == f"Transom is already running on {one.data_dir}: stop it first, or name another folder with TRANSOM_DATA_DIR.\n"
    )


def test_a_port_that_is_taken(install: Install) -> None:
    one = install()
    with socket.create_server(("127.0.0.1", one.port)):
        assert f"Port {one.port} is used" in refusal(one)


def test_a_data_folder_that_cannot_be_made(install: Install) -> None:
    one = install()
    one.data_dir.write_text("a file in the way")
    assert "cannot be written to" in refusal(one)


def test_a_named_database_that_does_not_answer(install: Install) -> None:
    one = install(TRANSOM_DATABASE_URL=f"postgresql://me:secret@127.0.0.1:{free_port()}/news")
    sentence = refusal(one)
    assert "TRANSOM_DATABASE_URL" in sentence
    assert "secret" not in sentence


def test_a_named_broker_that_does_not_answer(install: Install) -> None:
    assert "TRANSOM_REDIS_URL" in refusal(
        install(TRANSOM_REDIS_URL=f"redis://:secret@127.0.0.1:{free_port()}/0")
    )


def test_named_servers_are_used_and_none_of_ours_is_started(
    install: Install, database_url: str, redis_url: str
) -> None:
    one = install(TRANSOM_DATABASE_URL=database_url, TRANSOM_REDIS_URL=redis_url.partition("?")[0])
    with one.up("web") as running:
        assert not {"postgres", "valkey"} & {path.name for path in one.data_dir.iterdir()}
        stop(running)


@pytest.mark.slow
def test_a_server_that_cannot_start_is_one_sentence_and_leaves_nothing(install: Install) -> None:
    one = install()
    with one.up() as running:
        stop(running)
    (one.data_dir / "postgres" / "cluster" / "global" / "pg_control").unlink()
    sentence = refusal(one)
    assert "postgres ended with exit code" in sentence
    assert f"see {one.data_dir}/logs/postgres.log." in sentence


def test_a_python_that_does_not_fit() -> None:
    _check_python((3, 12))
    for version in ((3, 10), (3, 14)):
        with pytest.raises(CannotStart, match=rf"This is Python 3\.{version[1]}"):
            _check_python(version)


# Exits with 0 if this Python finds its own library: a Python below /root may find the system's library instead.
SAME_PYTHON = "import sys; open(sys.argv[1]); sys.exit(sys.version != sys.argv[2])"


def readable_by_nobody() -> bool:
    setpriv = shutil.which("setpriv")
    return (
        os.geteuid() == 0
        and setpriv is not None
        and not subprocess.run(
            [*AS_NOBODY, sys.executable, "-c", SAME_PYTHON, str(ROOT / "pyproject.toml"), sys.version],
            check=False,
            capture_output=True,
        ).returncode
    )


AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")


@pytest.mark.skipif(
    not readable_by_nobody(), reason="needs root, setpriv and a checkout that user nobody can read"
)
def test_it_runs_as_nobody(journal: Journal) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "news room"
        home.mkdir()
        for path in (Path(folder), home, journal.path.parent):
            os.chown(path, 65534, 65534)
        Path(folder).chmod(0o711)
        journal.path = home / "journal"
        one = Installation(home / "data", journal, free_port(), {"TMPDIR": folder}, AS_NOBODY)
        with one.up("web") as running:
            assert {Path(f"/proc/{pid}").stat().st_uid for pid in one.alive} == {65534}
            assert stop(running) == 0
            assert not one.alive
