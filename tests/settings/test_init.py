"""Settings: parsing, error messages, and docs/settings.md."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from intake.settings import Settings, child_environment
from intake.settings.field import SettingsError
from intake.settings.values import MB

ROOT = Path(__file__).parents[2]
S3_KEYS = {"TRANSOM_S3_ACCESS_KEY": "newsroom", "TRANSOM_S3_SECRET_KEY": "hunter2"}
ALL = {field.metadata["env"]: field for field in fields(Settings)}


def test_nothing_set_gives_the_defaults() -> None:
    found = Settings.from_env({})
    assert (found.port, found.host, found.max_photos) == (8000, "127.0.0.1", 20)
    assert (found.max_photo_bytes, found.max_request_bytes) == (50 * MB, 200 * MB)
    assert found.max_text_bytes == 300 * 1024
    assert found == Settings()


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_env(dict.fromkeys(ALL, "")) == Settings()


def test_values_take_the_type_of_their_field() -> None:
    found = Settings.from_env(
        {"PORT": "8080", "TRANSOM_DATA_DIR": "~/news room", "TRANSOM_MAGAZINE": "The Lantern"}
    )
    assert found.port == 8080
    assert found.data_dir == Path.home() / "news room"
    assert found.magazine == "The Lantern"


def test_a_relative_data_folder_is_meant_from_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_env({"TRANSOM_DATA_DIR": "files"}).data_dir == tmp_path / "files"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("TRANSOM_MAX_PHOTOS", "0"),
        ("TRANSOM_MAX_PHOTO_BYTES", "50MB"),
        ("TRANSOM_WEB_WORKERS", "1.5"),
        ("TRANSOM_WORKER_CONCURRENCY", "-2"),
        ("TRANSOM_PHOTO_MAX_SIDE", "99"),
        ("TRANSOM_PHOTO_MAX_SIDE", "1600px"),
        ("TRANSOM_FACE_SUGGESTIONS", "yes"),
        ("TRANSOM_PUBLIC_URL", "send.example.org"),
        ("TRANSOM_LOG_LEVEL", "loud"),
        ("TRANSOM_OIDC_ISSUER", "http://login.example.org"),
        ("TRANSOM_OIDC_ISSUER", "http://localhost.example.org"),
        ("TRANSOM_OIDC_ISSUER", "https://name@login.example.org"),
        ("TRANSOM_OIDC_ISSUER", "https://login.example.org/?realm=press"),
        ("TRANSOM_OIDC_NAME", "x" * 41),
        ("TRANSOM_OIDC_SECOND_FACTOR", "always"),
    ],
)
def test_a_bad_value_is_one_sentence_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} is '{value}', but ")
    assert sentence.endswith(" is needed.")


@pytest.mark.parametrize(
    "issuer", ["https://login.example.org/realms/press", "http://localhost:3000", "http://[::1]:3000/op"]
)
def test_an_issuer_uses_https_but_on_this_machine(issuer: str) -> None:
    client = {"TRANSOM_OIDC_CLIENT_ID": "transom"}
    assert Settings.from_env({**client, "TRANSOM_OIDC_ISSUER": issuer}).oidc_issuer == issuer


def test_an_issuer_needs_a_client() -> None:
    with pytest.raises(SettingsError, match="TRANSOM_OIDC_ISSUER needs TRANSOM_OIDC_CLIENT_ID"):
        Settings.from_env({"TRANSOM_OIDC_ISSUER": "https://login.example.org"})


@pytest.mark.parametrize("name", ["TRANSOM_DATABASE_URL", "TRANSOM_REDIS_URL"])
def test_a_bad_address_is_not_repeated_since_it_may_hold_a_password(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({name: "mysql://transom:hunter2@db/transom"})
    assert name in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", [name for name, field in ALL.items() if field.type is int])
def test_every_number_refuses_words(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: "many"})


@pytest.mark.parametrize("level", ["debug", "INFO", "Warning"])
def test_log_levels_in_any_case(level: str) -> None:
    assert Settings.from_env({"TRANSOM_LOG_LEVEL": level}).log_level == level


@pytest.mark.parametrize(
    ("url", "endpoint", "bucket"),
    [
        ("https://s3.example.org/newsroom", "https://s3.example.org", "newsroom"),
        ("https://s3.example.org/newsroom/", "https://s3.example.org", "newsroom"),
        ("http://127.0.0.1:9000/news-room.1", "http://127.0.0.1:9000", "news-room.1"),
        ("http://[::1]:9000/newsroom", "http://[::1]:9000", "newsroom"),
    ],
)
def test_the_bucket_is_the_last_of_its_address(url: str, endpoint: str, bucket: str) -> None:
    found = Settings.from_env({**S3_KEYS, "TRANSOM_S3_URL": url})
    assert (found.s3_endpoint, found.s3_bucket) == (endpoint, bucket)


@pytest.mark.parametrize(
    "url",
    [
        "s3://newsroom",
        "https://s3.example.org",
        "https://s3.example.org/a/newsroom",
        "https://k:s@s3.example.org/news",
    ],
)
def test_an_address_that_names_no_bucket(url: str) -> None:
    with pytest.raises(SettingsError, match="an address such as https://s3"):
        Settings.from_env({**S3_KEYS, "TRANSOM_S3_URL": url})


@pytest.mark.parametrize("missing", ["TRANSOM_S3_ACCESS_KEY", "TRANSOM_S3_SECRET_KEY"])
def test_a_bucket_needs_its_key(missing: str) -> None:
    with pytest.raises(SettingsError, match="TRANSOM_S3_URL needs TRANSOM_S3_ACCESS_KEY"):
        Settings.from_env({**S3_KEYS, "TRANSOM_S3_URL": "https://s3.example.org/newsroom", missing: ""})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_database_is_reached_through_psycopg_3(scheme: str) -> None:
    found = Settings.from_env({"TRANSOM_DATABASE_URL": f"{scheme}://u:p@db/name"})
    assert found.sqlalchemy_url == "postgresql+psycopg://u:p@db/name"


def test_without_addresses_the_embedded_servers_are_meant() -> None:
    found = Settings()
    assert found.sqlalchemy_url.endswith(f"?host={found.run_dir}")
    assert found.broker_url == f"redis+socket://{found.run_dir}/valkey.sock"


def test_each_data_folder_has_sockets_of_its_own_with_short_names() -> None:
    one, other = (Settings(data_dir=Path("/srv") / (name * 60)) for name in "ab")
    assert one.run_dir != other.run_dir
    assert len(f"{one.run_dir}/.s.PGSQL.5432") < 107


@pytest.mark.parametrize(
    ("env", "base", "secure"),
    [
        ({}, "http://127.0.0.1:8000", False),
        ({"TRANSOM_HOST": "0.0.0.0", "PORT": "80"}, "http://127.0.0.1:80", False),
        ({"TRANSOM_PUBLIC_URL": "https://send.example.org/"}, "https://send.example.org", True),
    ],
)
def test_the_address_that_people_type(env: dict[str, str], base: str, secure: bool) -> None:
    found = Settings.from_env(env)
    assert (found.base_url, found.secure) == (base, secure)


def test_sections_are_separated_by_commas() -> None:
    assert Settings.from_env({"TRANSOM_SECTIONS": " News,, Photo report ,"}).section_names == [
        "News",
        "Photo report",
    ]


def test_the_key_lies_in_the_data_folder_unless_it_is_put_elsewhere() -> None:
    assert Settings(data_dir=Path("/srv")).master_key_path == Path("/srv/keys/master.key")
    assert Settings(master_key_file="/run/secrets/key").master_key_path == Path("/run/secrets/key")


def test_a_child_gets_our_environment_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSOM_MAGAZINE", "The Lantern")
    found = child_environment(REMAP_SIGTERM="SIGQUIT")
    assert (found["TRANSOM_MAGAZINE"], found["REMAP_SIGTERM"]) == ("The Lantern", "SIGQUIT")


def test_the_documentation_lists_every_setting_and_nothing_else() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)`(?: \(`\w+`\))? \|", page, re.MULTILINE)) == set(ALL)


SECRETS = {name for name, field in ALL.items() if field.metadata["secret"]}
VALUES = {
    "TRANSOM_OIDC_CLIENT_SECRET": "hunter2",
    "TRANSOM_DATABASE_URL": "postgresql://u:hunter2@db/name",
    "TRANSOM_MIGRATION_URL": "postgresql://u:hunter2@db/name",
    "TRANSOM_REDIS_URL": "redis://:hunter2@valkey:6379/0",
    "TRANSOM_S3_ACCESS_KEY": "newsroom",
    "TRANSOM_S3_SECRET_KEY": "hunter2",
    "TRANSOM_SMTP_URL": "smtps://u:hunter2@mail",
    "TRANSOM_METRICS_TOKEN": "hunter2" * 4,
    "TRANSOM_HEARTBEAT_URL": "https://monitor.example/0f9a",
}


def test_the_secrets_are_those_with_passwords_and_keys() -> None:
    assert VALUES.keys() == SECRETS


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_secret_may_be_in_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text(f"{VALUES[name]}\n")
    found = Settings.from_env({f"{name}_FILE": str(tmp_path / "secret")})
    assert getattr(found, ALL[name].name) == VALUES[name]
    assert found == Settings.from_env({name: VALUES[name]})


@pytest.mark.parametrize("name", sorted(VALUES))
def test_the_documentation_names_the_variable_of_the_file(name: str) -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert f"| `{name}` (`{name}_FILE`) |" in page


def test_an_empty_file_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")
    for path in ("/dev/null", str(tmp_path / "secret")):
        assert Settings.from_env({"TRANSOM_SMTP_URL_FILE": path}) == Settings()


@pytest.mark.parametrize(
    ("content", "says"), [(None, "No such file or directory"), (b"\xff", "no text in UTF-8")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=says) as caught:
        Settings.from_env({"TRANSOM_SMTP_URL_FILE": str(path)})
    assert str(caught.value).startswith(f"TRANSOM_SMTP_URL_FILE names {path}")


def test_a_secret_that_is_set_in_both_ways_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("smtps://one")
    with pytest.raises(
        SettingsError, match="TRANSOM_SMTP_URL and TRANSOM_SMTP_URL_FILE are both set"
    ) as caught:
        Settings.from_env(
            {"TRANSOM_SMTP_URL": "smtps://u:hunter2@mail", "TRANSOM_SMTP_URL_FILE": str(tmp_path / "secret")}
        )
    assert "hunter2" not in str(caught.value)


def test_a_bad_value_in_a_file_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mail.example.org:hunter2")
    with pytest.raises(SettingsError, match="TRANSOM_SMTP_URL is not valid") as caught:
        Settings.from_env({"TRANSOM_SMTP_URL_FILE": str(tmp_path / "secret")})
    assert "hunter2" not in str(caught.value)


def test_other_settings_come_from_no_file(tmp_path: Path) -> None:
    (tmp_path / "name").write_text("The Lantern")
    assert Settings.from_env({"TRANSOM_MAGAZINE_FILE": str(tmp_path / "name")}) == Settings()


def test_a_process_that_sends_no_mail_may_know_that_another_does() -> None:
    assert not Settings().mails
    assert Settings.from_env({"TRANSOM_SMTP_URL": "smtps://mail"}).mails
    found = Settings.from_env({"TRANSOM_MAIL_ELSEWHERE": "yes"})
    assert (found.mails, found.smtp_url) == (True, "")


@pytest.mark.parametrize("name", ALL)
def test_every_setting_says_what_it_is(name: str) -> None:
    assert ALL[name].metadata["doc"].endswith(".")


def test_the_documentation_is_what_the_settings_say_now() -> None:
    done = subprocess.run([sys.executable, ROOT / "script" / "settings-docs", "--check"], check=False)
    assert done.returncode == 0, "run script/settings-docs"
