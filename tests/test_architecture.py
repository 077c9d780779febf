"""The rules that the code keeps about itself. Each names the place to go when it is broken."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake import lifecycle, wording
from intake.models.token import SCOPES
from intake.settings import Settings
from intake.web import create_app

ROOT = Path(__file__).parents[1]
CODE = sorted(
    path
    for folder in ("intake", "workers")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)

# Package → the only places (files or folders) that may import it.
ONLY_IN = {
    "flask": ("intake/web/",),
    "flask_login": ("intake/web/",),
    "flask_security": ("intake/web/", "intake/cli/password.py", "intake/demo/"),
    "flask_wtf": ("intake/web/",),
    "werkzeug": ("intake/web/",),
    "wtforms": ("intake/web/",),
    "gunicorn": ("intake/web/serve.py",),
    "sqlalchemy": (
        "intake/db.py", "intake/models/", "intake/actions/", "intake/queries/", "intake/migrations/", "intake/doctor.py",
        "workers/relay.py", "workers/loop.py", "workers/monitor.py", "workers/hearing.py", "intake/demo/",
    ),
    "alembic": ("intake/db.py", "intake/migrations/", "intake/queries/tables.py", "intake/cli/migrate.py"),
    "celery": ("workers/",),
    "kombu": ("workers/",),
    "redis": ("workers/", "intake/broker.py"),
    "PIL": ("intake/photos/", "intake/demo/"),
    "pillow_heif": ("intake/photos/",),
    "magic": ("intake/photos/identify.py",),
    "bleach": ("intake/text/",),
    "boto3": ("intake/storage/",),
    "botocore": ("intake/storage/",),
    "lxml": ("intake/text/",),
    "prometheus_client": ("intake/web/metrics.py",),
    "psutil": ("workers/vitals.py",),
}  # fmt: skip

# Importer → what it may never import, however far down in the file.
NEVER = {
    "intake/": ("workers",),
    "workers/": ("intake.web", "intake.cli", "intake.demo"),
    "intake/models/": ("intake.actions", "intake.queries", "intake.web"),
    "intake/actions/": ("intake.queries", "intake.web", "intake.photos.render"),
    "intake/queries/": ("intake.web",),
    "intake/text/": ("intake.models", "intake.actions", "intake.web", "intake.db"),
    "intake/photos/": ("intake.models", "intake.actions", "intake.web", "intake.db"),
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_library_lives_in_one_place(package: str) -> None:
    strays = [
        _name(path)
        for path in CODE
        if any(_within(module, package) for module in _imports(path))
        and not _name(path).startswith(ONLY_IN[package])
    ]
    assert strays == []


@pytest.mark.parametrize("importer", NEVER)
def test_nobody_imports_against_the_grain(importer: str) -> None:
    strays = [
        f"{_name(path)} imports {module}"
        for path in CODE
        if _name(path).startswith(importer)
        for module in _imports(path)
        if any(_within(module, package) for package in NEVER[importer])
    ]
    assert strays == []


def test_the_lifecycle_needs_the_standard_library_alone() -> None:
    assert set(_imports(ROOT / "intake/lifecycle.py")) <= {"dataclasses", "dataclasses.dataclass"}


def test_only_workers_and_the_command_line_render_photos() -> None:
    """The web process never decodes a stranger's bytes."""
    renderers = (
        "intake.photos.render",
        "intake.photos.child",
        "intake.photos.clean_photo",
        "PIL",
    )
    strays = [
        _name(path)
        for path in CODE
        if _name(path).startswith("intake/web/")
        and any(_within(m, r) for m in _imports(path) for r in renderers)
    ]
    assert strays == []


def test_only_settings_reads_the_environment() -> None:
    readers = [_name(path) for path in CODE if re.search(r"os\.(environ|getenv)", path.read_text())]
    assert readers == ["intake/settings.py"]


def test_every_route_declares_who_may_use_it(app_settings: Settings) -> None:
    app = create_app(app_settings)
    ours = [name for name in app.view_functions if not name.startswith(("security.", "static"))]
    access = {name: getattr(app.view_functions[name], "access", None) for name in ours}
    assert [name for name, allowed in access.items() if allowed is None] == []
    tokens = {name for name, allowed in access.items() if isinstance(allowed, frozenset)}
    assert tokens == {name for name in ours if name.startswith(("desk_api.", "admin_api.", "feeds."))}
    assert {scope for name in tokens for scope in access[name] or ()} == SCOPES.keys()
    assert {name for name, allowed in access.items() if allowed == "public"} == {
        *(
            f"contribute.{name}"
            for name in ("form", "submit", "receipt", "status", "withdraw", "safety", "answer", "write")
        ),
        *(f"accounts.{name}" for name in ("start", "logout", "setup", "welcome")),
        *(
            f"api.{name}"
            for name in ("create", "openapi", "receipt_status", "receipt_answer", "receipt_message")
        ),
        *(f"health.{name}" for name in ("live", "ready")),
        "metrics.all_metrics",  # behind a token of its own
    }


def test_every_status_has_its_word_and_its_look() -> None:
    css = (ROOT / "intake/static/css/pill.css").read_text()
    for status in lifecycle.STATUSES:
        assert wording.STATUS[status]
        assert wording.EXPLAINED[status]
        assert re.search(rf"\.pill--{status}\b", css), f"pill.css does not know {status}"


def test_templates_hold_no_style_and_no_script() -> None:
    forbidden = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|https?://(?!www\.w3\.org)",
        re.IGNORECASE,
    )
    found = {
        _name(path): forbidden.findall(path.read_text()) for path in (ROOT / "templates").rglob("*.html")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_styles_and_scripts_ask_nobody_else() -> None:
    """Of our own: libraries may name a namespace, and under the policy of our pages they cannot ask anybody."""
    files = [path for kind in ("css", "js") for path in (ROOT / "intake/static").rglob(f"*.{kind}")]
    ours = [path for path in files if path.parent.name != "vendor"]
    assert ours
    assert [_name(path) for path in ours if re.search(r"https?://|@import|//cdn", path.read_text())] == []


def test_only_move_writes_the_status_of_a_submission() -> None:
    writers = [
        _name(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in ast.walk(ast.Tuple(elts=node.targets))
        if isinstance(target, ast.Attribute)
        and target.attr == "status"
        and ast.unparse(target.value) in {"submission", "self"}
    ]
    assert writers == ["intake/models/submission.py"]


def test_no_expression_has_a_possessive_group() -> None:
    """Python before 3.11.5 goes back into them (gh-106052), and so would let pass what they are there to refuse."""
    group = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
    lines = [(path, line) for path in CODE for line in path.read_text().splitlines()]
    assert [f"{_name(path)}: {line.strip()}" for path, line in lines if group.search(line)] == []
