"""docs/ops/compose-two-hosts.yml, which is laid over docker-compose.yml."""

from typing import Any

import yaml

from intake.settings import Settings
from tests.ops.compose import ROOT, services


class Loader(yaml.SafeLoader):
    """Reads Compose's tag `!override` as the plain value."""


def _plain(loader: Loader, node: yaml.Node) -> list[Any]:
    assert isinstance(node, yaml.SequenceNode)
    return loader.construct_sequence(node)


Loader.add_constructor("!override", _plain)


def overlay() -> dict[str, Any]:
    """Return the services of the overlay by name."""
    text = (ROOT / "docs/ops/compose-two-hosts.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader)["services"]
    return found


def test_each_side_has_a_server_and_a_port() -> None:
    """The side is set by a variable instead of an argument, so that `transom doctor` in the container knows it, too."""
    sides = {
        name: one["environment"]["TRANSOM_WEB_SIDE"] for name, one in overlay().items() if name != "migrate"
    }
    assert sides == {"web": "public", "desk": "desk"}
    assert overlay()["desk"]["ports"] == ["127.0.0.1:${DESK_PORT:-8001}:8000"]


def test_the_desk_extends_a_service_of_the_project_s_folder() -> None:
    """Compose 2 resolves the file from the project's folder, not from that of the overlay."""
    extended = overlay()["desk"]["extends"]
    assert (ROOT / extended["file"]).is_file()
    assert extended["service"] in services()


def test_the_public_side_has_no_token_of_metrics() -> None:
    assert overlay()["web"]["secrets"] == []
    assert (
        overlay()["web"]["environment"].items()
        >= {
            "TRANSOM_METRICS_TOKEN_FILE": "",
            "TRANSOM_OIDC_CLIENT_SECRET_FILE": "",
        }.items()
    )
    assert "secrets" not in overlay()["desk"]


def test_the_public_side_has_the_files_that_are_exported_and_no_other_key() -> None:
    web, migrate = overlay()["web"], overlay()["migrate"]
    settings = Settings.from_env({name: one for name, one in web["environment"].items() if "PUBLIC" in name})
    folder = settings.public_key_path.parent
    assert (folder / "installation.pub", folder / "public.secrets") == (
        settings.public_key_path,
        settings.public_secrets_path,
    )
    assert web["volumes"] == [f"public-keys:{folder}:ro"]
    assert any(mount.startswith("/data/keys:") for mount in web["tmpfs"])
    assert migrate["command"][-1].endswith(f"&& transom keys export-public {folder}")
    assert migrate["volumes"] == [f"public-keys:{folder}"]
    assert "volumes" not in overlay()["desk"]
