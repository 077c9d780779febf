import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from intake.local.errors import CannotStart
from intake.local.servers import identity, postgres
from intake.local.servers.postgres import Postgres
from intake.local.supervision.supervisor import Supervisor


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    """A running server and its log."""
    made = Postgres(tmp_path / "news room" / "postgres", tmp_path / "run", durable=False)
    supervisor = Supervisor([made.spec(tmp_path / "postgres.log")], tell=lambda line: None)
    try:
        supervisor.start()
        yield made
    finally:
        supervisor.stop()


def setting(connection: "psycopg.Connection[tuple[str]]", name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row
    return row[0]


def test_it_listens_in_its_folder_alone(server: Postgres) -> None:
    with psycopg.connect(server.url) as connection:
        assert setting(connection, "listen_addresses") == ""
        assert setting(connection, "unix_socket_directories") == str(server.run_dir)
        assert setting(connection, "server_encoding") == "UTF8"
    assert server.run_dir.stat().st_mode & 0o777 == 0o700
    assert server.data_dir.stat().st_mode & 0o777 == 0o700


def test_what_people_wrote_does_not_reach_its_log(server: Postgres, tmp_path: Path) -> None:
    with psycopg.connect(server.url) as connection:
        for statement in ("SELECT 'a secret place'::int", "SELECT a_secret_place"):
            with pytest.raises(psycopg.Error), connection.transaction():
                connection.execute(statement.encode())
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::text::int", ["a secret place"])
    log = (tmp_path / "postgres.log").read_text()
    assert "database system is ready" in log
    assert "secret" not in log


def test_by_default_it_waits_for_the_disk(tmp_path: Path) -> None:
    careful = Postgres(tmp_path / "data", tmp_path / "run")._options()
    assert not [
        option for option in careful if option.startswith(("fsync", "synchronous_commit", "full_page"))
    ]
    assert "fsync=off" in Postgres(tmp_path / "data", tmp_path / "run", durable=False)._options()


@pytest.mark.slow
def test_an_interrupted_first_start_is_begun_anew(tmp_path: Path) -> None:
    made = Postgres(tmp_path / "postgres", tmp_path / "run", durable=False)
    half = made.data_dir / "cluster.new" / "base"
    half.mkdir(parents=True)
    made.prepare()
    assert (made.data_dir / "cluster" / "PG_VERSION").exists()
    assert not half.exists()


def test_files_of_another_version_are_refused(tmp_path: Path) -> None:
    made = Postgres(tmp_path / "postgres", tmp_path / "run")
    (made.data_dir / "cluster").mkdir(parents=True)
    (made.data_dir / "cluster" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(CannotStart, match=r"made by PostgreSQL 9\.6 and this is \d+"):
        made.prepare()


def test_a_failed_creation_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Postgres(tmp_path / "postgres", tmp_path / "run")
    monkeypatch.setattr(postgres, "USER", "pg_forbidden")
    with pytest.raises(CannotStart, match="files cannot be created in"):
        made.prepare()


def test_without_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)
    with pytest.raises(CannotStart, match="TRANSOM_DATABASE_URL"):
        postgres.programs.__wrapped__()


def test_it_is_stopped_without_waiting_for_clients(tmp_path: Path) -> None:
    assert (
        Postgres(tmp_path / "postgres", tmp_path / "run").spec(tmp_path / "log").stop_signal == signal.SIGINT
    )


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_where_there_are_no_namespaces_root_s_server_runs_as_another_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import tempfile

    second = list(identity.candidates())[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        made = Postgres(Path(folder) / "data" / "postgres", Path(folder) / "run", durable=False)
        monkeypatch.setattr(identity, "candidates", lambda: iter([second]))
        if not second.can(postgres.programs() / "postgres", Path("/tmp")):
            pytest.skip(f"user {second.uid} cannot reach {postgres.programs()}")
        supervisor = Supervisor([made.spec(Path(folder) / "log")], tell=lambda line: None)
        try:
            supervisor.start()
            assert Path(f"/proc/{supervisor.pids['postgres']}").stat().st_uid == second.uid
            assert made.ready()
        finally:
            supervisor.stop()
