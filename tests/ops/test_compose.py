"""docker-compose.yml, as far as it can be proven without Docker."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from intake.job_kinds import QUEUES
from intake.sandbox.limits import MB, Limits
from intake.settings import Settings
from intake.settings.field import file_variable
from tests.ops.compose import ROOT, compose, ours, services, variables

DOCUMENTED = {field.metadata["env"] for field in fields(Settings)}
PROCESSES = ["web", "worker", "mail", "relay", "scheduler"]
WORKERS = ["worker", "mail"]
# Service → command of `transom` that it runs, if its name differs.
CALLED = {"mail": "worker"}
DECIDING = {
    "TRANSOM_PUBLIC_URL",
    "TRANSOM_ONION_URL",
    "TRANSOM_MAGAZINE",
    "TRANSOM_SECTIONS",
    "TRANSOM_HIDDEN_SECTIONS",
    "TRANSOM_FORM_LANGUAGES",
    "TRANSOM_TWO_APPROVALS",
    "TRANSOM_UNDO_SECONDS",
    "TRANSOM_OVERDUE_HOURS",
    "TRANSOM_TIME_GRAIN",
}
# Variables of the image postgres, not of Transom.
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
# Variables that only docker-compose.yml uses: limits of containers, and the database password.
OF_COMPOSE = {
    "POSTGRES_PASSWORD",
    *(f"{name}_{what}" for name in ("WEB", "WORKER", "POSTGRES") for what in ("MEMORY", "CPUS")),
}
SECRETS = {field.metadata["env"] for field in fields(Settings) if field.metadata["secret"]}
FILES = {file_variable(name): name for name in SECRETS}
# Service → secrets that it has. All services of Transom need the database, and Valkey has no password.
NEEDED = {
    "postgres": {"POSTGRES_PASSWORD"},
    "valkey": set(),
    **{name: {"TRANSOM_DATABASE_URL"} for name in ("migrate", "worker", "relay")},
    "scheduler": {"TRANSOM_DATABASE_URL", "TRANSOM_HEARTBEAT_URL"},
    "web": {"TRANSOM_DATABASE_URL", "TRANSOM_METRICS_TOKEN", "TRANSOM_OIDC_CLIENT_SECRET"},
    "mail": {"TRANSOM_DATABASE_URL", "TRANSOM_SMTP_URL"},
}


def schema() -> Any:
    return json.loads((Path(__file__).parent / "compose.schema.json").read_text("utf-8"))


def test_it_keeps_to_the_compose_specification() -> None:
    """The schema is the part of the specification that docker-compose 1.29 knows, without `name` and `start_interval`."""
    jsonschema.validate(compose(), schema())


@pytest.mark.parametrize(
    "broken",
    [
        {"services": {"web": {"image": "transom:local", "comand": "transom web"}}},
        {"services": {"web": {"image": "transom:local", "depends_on": {"db": {"condition": "healthy"}}}}},
        {"services": {"web": {"image": "transom:local", "healthcheck": {"interval": "30s"}}}},
        {"services": {"web": {"image": "i", "healthcheck": {"test": ["CMD", "x"], "start_interval": "1s"}}}},
        {"services": {}, "service": {}},
        {"services": {}, "name": "transom"},
    ],
)
def test_the_schema_notices_mistakes(broken: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema())


def test_all_processes_are_there() -> None:
    assert set(services()) == {"postgres", "valkey", "migrate", *PROCESSES}


@pytest.mark.parametrize("name", ["migrate", *PROCESSES])
def test_each_command_is_one_of_ours_and_starts(name: str) -> None:
    program, *words = ours()[name]["command"].split()
    assert (program, words[0]) == ("transom", CALLED.get(name, name))
    done = subprocess.run(
        [sys.executable, "-m", "intake", *words, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"{words[0]} [OPTIONS]" in done.stdout


def test_the_workers_serve_every_queue_once() -> None:
    served = [queue for name in WORKERS for queue in ours()[name]["command"].split()[2:]]
    assert sorted(served) == sorted(QUEUES)


def test_workers_go_by_what_the_pages_go_by() -> None:
    """If these settings differed, a worker could accept with too few approvals, or mail wrong links."""
    web = ours()["web"]["environment"]
    for name in WORKERS:
        environment = ours()[name]["environment"]
        for setting in DECIDING:
            assert environment[setting] == web[setting]


@pytest.mark.parametrize("name", ["worker", "mail", "relay", "scheduler"])
def test_each_health_check_asks_for_the_process_itself(name: str) -> None:
    how, program, *words = ours()[name]["healthcheck"]["test"]
    assert (how, program, words) == ("CMD", "transom", ["status", "--here", CALLED.get(name, name)])
    done = subprocess.run(
        [sys.executable, "-m", "intake", *words, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_web_server_is_asked_where_it_listens() -> None:
    web = ours()["web"]
    port = web["environment"]["PORT"]
    assert f"http://127.0.0.1:{port}/healthz/live" in web["healthcheck"]["test"][-1]
    assert web["ports"] == [f"127.0.0.1:${{PORT:-8000}}:{port}"]


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_what_all_wait_for_is_asked_soon_and_has_time_to_start(name: str) -> None:
    """Other services wait for the first health check, which Docker runs after one interval."""
    check = services()[name]["healthcheck"]
    interval = int(check["interval"].removesuffix("s"))
    assert interval <= 3
    start = int(check.get("start_period", "0s").removesuffix("s"))
    assert start + interval * check["retries"] >= {"postgres": 60, "valkey": 30}[name]


@pytest.mark.parametrize("name", services())
def test_every_variable_of_a_service_is_documented(name: str) -> None:
    names = set(services()[name].get("environment", {}))
    assert names <= (DOCUMENTED | FILES.keys() if name in ours() else OF_POSTGRES)


def test_every_variable_of_the_file_is_documented() -> None:
    assert variables() <= DOCUMENTED | FILES.keys() | OF_COMPOSE


def test_the_example_names_every_variable_and_no_other_and_says_what_each_is() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert named == variables() | {"COMPOSE_PROJECT_NAME"}
    for block in "\n".join(lines).split("\n\n"):
        assert block.startswith("# "), block


def test_no_secret_has_a_default() -> None:
    assert re.search(r"^POSTGRES_PASSWORD=$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert "${POSTGRES_PASSWORD:?" in ours()["web"]["environment"]["TRANSOM_DATABASE_URL"]
    assert "${POSTGRES_PASSWORD:?" in services()["postgres"]["environment"]["POSTGRES_PASSWORD"]


def reached(name: str) -> set[str]:
    """Secrets in the variables and files of a service."""
    service = services()[name]
    environment = service.get("environment", {})
    held = {one for one in environment if one in SECRETS | {"POSTGRES_PASSWORD"}} - {"TRANSOM_REDIS_URL"}
    files = {f"/run/secrets/{one}" for one in service.get("secrets", [])}
    return held | {FILES[one] for one, path in environment.items() if one in FILES and path in files}


@pytest.mark.parametrize("name", services())
def test_a_secret_reaches_only_the_service_that_needs_it(name: str) -> None:
    assert reached(name) == NEEDED[name]
    # Secrets must not be in other variables, the command or the health check either.
    rest = json.dumps({key: value for key, value in services()[name].items() if key != "secrets"})
    outside = {f"${{{one}" for one in FILES} - {"${TRANSOM_SMTP_URL_FILE"}
    assert not [one for one in outside if one in rest]
    assert not re.search(r"\$\{TRANSOM_(SMTP_URL|METRICS_TOKEN|OIDC_CLIENT_SECRET|S3_\w+)[:}]", rest)
    assert ("POSTGRES_PASSWORD" in rest) == bool(NEEDED[name] & {"POSTGRES_PASSWORD", "TRANSOM_DATABASE_URL"})


def test_each_file_of_a_secret_has_its_service_and_may_be_missing() -> None:
    used = {one: name for name in services() for one in services()[name].get("secrets", [])}
    assert used == {
        "heartbeat_url": "scheduler",
        "metrics_token": "web",
        "oidc_client_secret": "web",
        "smtp_url": "mail",
    }
    assert compose()["secrets"] == {
        one: {"file": f"${{TRANSOM_{one.upper()}_FILE:-/dev/null}}"} for one in used
    }
    for one, name in used.items():
        assert services()[name]["environment"][f"TRANSOM_{one.upper()}_FILE"] == f"/run/secrets/{one}"


def test_the_pages_know_of_the_mail_and_not_its_password() -> None:
    """The web server gets the name of the password file, to know that mail is sent, but cannot open the file."""
    environment = services()["web"]["environment"]
    assert environment["TRANSOM_MAIL_ELSEWHERE"] == "${TRANSOM_SMTP_URL_FILE:-}"
    assert not {"TRANSOM_SMTP_URL", "TRANSOM_SMTP_URL_FILE"} & set(environment)


@pytest.mark.parametrize("name", services())
def test_every_service_has_limits_of_memory_processes_and_processors(name: str) -> None:
    service = services()[name]
    assert 0 < service["pids_limit"] <= 256
    memory = re.fullmatch(r"(?:\$\{\w+_MEMORY:-)?(\d+)([mg])\}?", service["mem_limit"])
    assert memory
    assert 0 < int(memory[1]) * {"m": 1, "g": 1024}[memory[2]] <= 2048
    # Docker refuses more processors than the machine has, so the default is one.
    assert re.fullmatch(r"1|\$\{\w+_CPUS:-1\}", str(service["cpus"]))


def test_the_worker_s_jobs_fit_into_its_memory() -> None:
    """A job needs the memory limit of its sandboxed child, and about 160 MB for its worker process."""
    worker = services()["worker"]
    jobs = int(re.findall(r":-(\d+)\}", worker["environment"]["TRANSOM_WORKER_CONCURRENCY"])[0])
    (memory,) = re.findall(r":-(\d+)g\}", worker["mem_limit"])
    assert jobs * (Limits().memory_bytes / MB + 160) <= int(memory) * 1024


@pytest.mark.parametrize("name", services())
def test_every_service_is_hardened(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert any(mount.split(":")[0] == "/tmp" for mount in service["tmpfs"])
    # Podman 4 knows these options of a tmpfs, and neither `uid` nor `gid`.
    options = re.findall(r"[:,](\w+)", " ".join(service["tmpfs"]))
    assert set(options) <= {"mode", "size"}
    assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)


@pytest.mark.parametrize("name", services())
def test_only_the_web_server_can_be_reached_and_only_that_and_mail_can_reach_out(name: str) -> None:
    outside = {"web", "mail", "scheduler"}
    assert services()[name]["networks"] == (["inside", "outside"] if name in outside else ["inside"])
    assert ("ports" in services()[name]) == (name == "web")
    assert compose()["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", PROCESSES)
def test_processes_start_when_the_tables_are_there(name: str) -> None:
    needs = {other: needed["condition"] for other, needed in ours()[name]["depends_on"].items()}
    assert needs == {
        "migrate": "service_completed_successfully",
        "postgres": "service_healthy",
        "valkey": "service_healthy",
    }


@pytest.mark.parametrize("name", [name for name in services() if name != "migrate"])
def test_everything_that_stays_up_has_a_health_check_and_comes_back(name: str) -> None:
    assert services()[name]["healthcheck"]["test"]
    assert services()[name]["restart"] == "unless-stopped"


def test_the_database_keeps_nothing_of_deleted_rows_in_its_logs() -> None:
    """`transom doctor` checks these options, and a scrub relies on them."""
    command = services()["postgres"]["command"]
    assert command[0] == "postgres"
    assert {"log_error_verbosity=terse", "wal_recycle=off"} <= set(command)


def test_what_lasts_lies_in_volumes() -> None:
    mounts = {name: service.get("volumes", []) for name, service in services().items()}
    assert mounts["postgres"] == ["postgres:/var/lib/postgresql"]
    for name in ("migrate", "web", "worker"):
        assert mounts[name] == ["data:/data"]
    used = {mount.split(":")[0] for found in mounts.values() for mount in found}
    assert used == set(compose()["volumes"])


@pytest.mark.parametrize("name", ["mail", "relay", "scheduler"])
def test_who_moves_numbers_alone_has_neither_files_nor_key(name: str) -> None:
    assert "volumes" not in ours()[name]
    assert any(mount.startswith("/data:") for mount in ours()[name]["tmpfs"])
