"""Rules for the structure of the code, such as who may import whom. A failing test names the place to mend."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from intake import lifecycle, wording
from intake.errors import NotNow
from intake.models.account import SCOPES
from intake.settings import Settings
from intake.web import create_app
from intake.web.desk import conflicts

ROOT = Path(__file__).parents[1]
CODE = sorted(
    path
    for folder in ("intake", "workers")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)

# Order of the packages. Each may import only itself and the packages before it.
# "ground" stands for the files of intake/ itself.
ORDER = (
    "settings", "ground", "translations", "keys", "receipts", "sandbox", "text", "documents", "photos", "storage", "models", "audit", "permissions", "checklists", "originals",
    "accounts", "magazine", "notifications", "retention", "queue", "messages", "retouches", "guests", "decisions",
    "review", "submissions", "publishing", "jobs", "health",
    "migrations", "local", "backup", "demo", "web", "cli",
)  # fmt: skip
FEATURES = ORDER[ORDER.index("accounts") : ORDER.index("migrations")]

MOST_LINES = 300
MOST_FILES = 20

# The same order inside intake/web/. "shared" stands for the files of intake/web/ itself, without WEB_APPLICATION.
WEB_ORDER = (
    ("shared",),
    ("api",),
    ("forms",),
    ("forms/magazine",),
    ("desk/editing",),
    ("login", "contribute", "desk", "admin", "guest", "magazine", "api/desk", "api/admin"),
    ("login/openid", "desk/placing", "desk/publication", "desk/records"),
    ("api/public",),
    ("application",),
)
# Files that put the web application together. They may import every package of intake/web/.
WEB_APPLICATION = (
    "intake/web/__init__.py",
    *(f"intake/web/server/{path.name}" for path in (ROOT / "intake/web/server").glob("*.py")),
)

# Library → the only places (files or folders) that may import it.
ONLY_IN = {
    "flask": ("intake/web/",),
    "flask_babel": ("intake/web/",),
    "babel": ("intake/translations/",),
    "flask_login": ("intake/web/",),
    "flask_security": ("intake/web/", "intake/cli/people/password.py", "intake/demo/"),
    "flask_wtf": ("intake/web/",),
    "werkzeug": ("intake/web/",),
    "wtforms": ("intake/web/",),
    "gunicorn": ("intake/web/server/",),
    "uvicorn": ("intake/web/server/",),
    "uvicorn_worker": ("intake/web/server/",),
    "sqlalchemy": (
        "intake/db.py", "intake/paging.py", "intake/models/", "intake/audit/", "intake/permissions/", "intake/checklists/", "intake/originals/", "intake/migrations/", "intake/demo/",
        *(f"intake/{feature}/" for feature in FEATURES),
        "workers/relay.py", "workers/loop.py", "workers/monitor.py", "workers/consumer_watchdog.py",
    ),
    "altcha": ("intake/submissions/suspicion/proof_of_work.py",),
    "alembic": ("intake/db.py", "intake/migrations/", "intake/health/database.py", "intake/cli/migrate.py"),
    "celery": tuple(f"workers/{path.name}" for path in (ROOT / "workers").glob("*.py")),
    "kombu": tuple(f"workers/{path.name}" for path in (ROOT / "workers").glob("*.py")),
    "redis": (*(f"workers/{path.name}" for path in (ROOT / "workers").glob("*.py")), "intake/health/broker.py"),
    "PIL": ("intake/photos/", "intake/demo/"),
    "pillow_heif": ("intake/photos/",),
    "magic": ("intake/photos/identify.py",),
    "bleach": ("intake/text/",),
    "snowballstemmer": ("intake/text/terms/stemming.py",),
    "boto3": ("intake/storage/",),
    "botocore": ("intake/storage/",),
    "httpx": ("intake/cli/contribute/", "intake/health/monitor.py", "intake/accounts/openid/http_client.py"),
    "authlib": ("intake/accounts/openid/",),
    "joserfc": ("intake/accounts/openid/",),
    "chardet": ("intake/documents/plain_text/encoding.py",),
    "lxml": ("intake/text/", "intake/documents/"),
    "tinycss2": ("intake/text/html/removals/",),
    "markdown_it": ("intake/documents/markdown/",),
    "mdit_py_plugins": ("intake/documents/markdown/",),
    "pydantic": ("intake/web/", "intake/sandbox/answers.py", *(f"intake/{name}/answers.py" for name in ("text", "documents", "photos"))),
    "pydantic_core": ("intake/web/",),
    "prometheus_client": ("intake/web/metrics.py",),
    "passlib": ("intake/accounts/factors/totp.py",),
    "webauthn": ("intake/accounts/factors/passkeys.py",),
    "segno": ("intake/web/login/qr_code.py",),
    "cv2": ("intake/photos/faces/search.py",),
    "numpy": ("intake/photos/faces/search.py",),
    "pyrage": ("intake/backup/age.py",),
    "psutil": ("workers/process_stats.py",),
    "pycld2": ("intake/text/language.py",),
}  # fmt: skip


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(_imported(ast.parse(path.read_text())))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@cache
def _files_imported(path: Path) -> tuple[str, ...]:
    """Files of this repository that a file imports, including imports inside functions and for type checking."""
    return tuple(_files(_imports(path)))


def _files(modules: Iterable[str]) -> Iterator[str]:
    for module in modules:
        place = ROOT / module.replace(".", "/")
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file() and module.split(".")[0] in ("intake", "workers"):
                yield _name(file)


def _package(name: str) -> str:
    """Package of a file: a folder of `intake/`, "ground", "workers" or "workers/tasks"."""
    top, *rest = name.split("/")
    if top == "workers":
        return "workers/tasks" if rest[0] == "tasks" else "workers"
    if name == "intake/__main__.py":
        return "cli"
    return rest[0] if len(rest) > 1 else "ground"


def _allowed(importer: str, imported: str) -> bool:
    if importer == imported or (importer, imported) == ("workers", "workers/tasks"):
        return True
    if importer.startswith("workers"):
        return imported not in ("workers", "web", "demo", "cli")
    return imported in ORDER[: ORDER.index(importer)]


def test_every_folder_has_its_place_in_the_order() -> None:
    folders = {_package(_name(path)) for path in CODE} - {"workers", "workers/tasks"}
    assert folders == set(ORDER)


@pytest.mark.parametrize("package", [*ORDER, "workers", "workers/tasks"])
def test_a_package_imports_only_what_stands_before_it(package: str) -> None:
    strays = [
        f"{_name(path)} imports {file}"
        for path in CODE
        if _package(_name(path)) == package
        for file in _files_imported(path)
        if not _allowed(package, _package(file))
    ]
    assert strays == []


def test_decisions_and_accounts_import_no_feature() -> None:
    strays = [
        f"{_name(path)} imports {file}"
        for path in CODE
        if (own := _package(_name(path))) in ("decisions", "accounts")
        for file in _files_imported(path)
        if _package(file) in FEATURES and _package(file) != own
    ]
    assert strays == []


def test_of_jobs_only_the_admin_actions_import_features() -> None:
    importers = {
        _name(path)
        for path in CODE
        if _package(_name(path)) == "jobs"
        for file in _files_imported(path)
        if _package(file) in FEATURES and _package(file) != "jobs"
    }
    assert importers == {"intake/jobs/admin_actions.py"}


def test_only_the_runner_imports_the_tasks() -> None:
    importers = {
        _name(path)
        for path in CODE
        if _package(_name(path)) == "workers"
        for file in _files_imported(path)
        if _package(file) == "workers/tasks"
    }
    assert importers == {"workers/runner.py"}


def _web_part(name: str) -> str:
    if name in WEB_APPLICATION:
        return "application"
    folders = name.split("/")[2:-1]
    return "/".join(folders) or "shared"


def test_no_audience_of_the_web_imports_another() -> None:
    rank = {part: number for number, parts in enumerate(WEB_ORDER) for part in parts}
    strays = [
        f"{_name(path)} imports {file}"
        for path in CODE
        if _package(_name(path)) == "web"
        for file in _files_imported(path)
        if _package(file) == "web" and (own := _web_part(_name(path))) != (other := _web_part(file))
        if rank[other] >= rank[own]
    ]
    assert strays == []
    public = {
        _web_part(file)
        for path in CODE
        if _web_part(_name(path)) == "api/public"
        for file in _files_imported(path)
        if _package(file) == "web"
    }
    # The public API may import "contribute", because it takes submissions by the upload of the form.
    assert public <= {"api/public", "shared", "api", "forms", "contribute"}


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_and_no_folder_grows_too_long() -> None:
    assert {_name(path): count for path in CODE if (count := _lines(path)) > MOST_LINES} == {}
    folders = Counter(path.parent for path in CODE)
    assert {_name(folder): count for folder, count in folders.items() if count > MOST_FILES} == {}


def test_files_have_a_size_that_one_reads_at_once() -> None:
    assert 60 <= median(_lines(path) for path in CODE if _lines(path) > 1) <= 110


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_library_lives_in_one_place(package: str) -> None:
    strays = [
        _name(path)
        for path in CODE
        if any(_within(module, package) for module in _imports(path))
        and not _name(path).startswith(ONLY_IN[package])
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
    assert [name for name in readers if not name.startswith("intake/settings/")] == []


def test_every_route_declares_who_may_use_it(app_settings: Settings) -> None:
    app = create_app(app_settings)
    ours = [name for name in app.view_functions if not name.startswith(("security.", "static"))]
    access = {name: getattr(app.view_functions[name], "access", None) for name in ours}
    assert [name for name, allowed in access.items() if allowed is None] == []
    tokens = {name for name in ours if hasattr(app.view_functions[name], "scope")}
    assert tokens == {name for name in ours if name.startswith(("desk_api.", "admin_api.", "feeds."))}
    assert {getattr(app.view_functions[name], "scope", "") for name in tokens} == SCOPES.keys()
    assert {name for name, allowed in access.items() if allowed == "public"} == {
        *(f"guest.{name}" for name in ("page", "open", "note", "photo", "text")),
        *(
            f"contribute.{name}"
            for name in ("form", "submit", "receipt", "status", "withdraw", "safety", "answer", "write")
        ),
        *(
            f"contribute.{name}"
            for name in (
                "start",
                "begin",
                "confirm",
                "change",
                "send",
                "delete",
                "image",
                "destroy_originals",
            )
        ),
        *(f"uploads.{name}" for name in ("abilities", "place", "create", "progress", "append", "terminate")),
        *(f"accounts.{name}" for name in ("start", "logout", "setup", "welcome")),
        *(f"accounts.{name}" for name in ("second_step", "prove_factor", "passkey_login")),
        *(f"accounts.openid_{name}" for name in ("begin", "accept", "callback")),
        *(f"accounts.{name}" for name in ("ask_link", "open_link", "own_resets", "call_off_by_link")),
        *(
            f"api.{name}"
            for name in (
                "create",
                "openapi",
                "read_consent",
                "receipt_status",
                "receipt_answer",
                "receipt_message",
                "receipt_withdrawal",
            )
        ),
        *(f"api.{name}_draft" for name in ("begin", "read", "save", "send", "delete")),
        *(f"api.{name}" for name in ("add_to_draft", "remove_draft_photo", "remove_draft_document")),
        *(
            f"api.{name}"
            for name in ("abilities", "create_upload", "read_upload", "append_part", "delete_upload")
        ),
        *(f"health.{name}" for name in ("live", "ready")),
        "magazine.logo",
        "feed_pictures.read",  # by a signed address
        "metrics.all_metrics",  # Protected by its own token.
    }


REFUSALS = {
    "AddressTaken", "ClaimedByOther", "IllegalMove", "IneligibleJobs", "JobCountChanged", "LimitReached", "NameTaken",
    "StaleRevision", *(one.__name__ for one in NotNow.__subclasses__()),
}  # fmt: skip


def test_views_of_the_desk_and_of_admins_catch_no_refusal() -> None:
    """Error handlers of the blueprints turn refusals into pages, as the handlers of the APIs do."""
    caught = [
        f"{_name(path)}:{node.lineno}"
        for path in CODE
        if _name(path).startswith(("intake/web/desk/", "intake/web/admin/"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler) and node.type
        for name in ast.walk(node.type)
        if getattr(name, "id", getattr(name, "attr", None)) in REFUSALS
    ]
    assert caught == []


def test_every_page_of_a_refusal_belongs_to_a_view(app_settings: Settings) -> None:
    """Pages are found by the name of the view: a view that is renamed must not lose its page."""
    views = {
        name.removeprefix("desk.") for name in create_app(app_settings).view_functions if "desk." in name
    }
    pages = {*conflicts.FORMS, *conflicts.SENTENCES, *(view for view, _error in conflicts.PAGES)}
    assert pages <= views


def test_every_status_has_its_word_and_its_look() -> None:
    css = (ROOT / "intake/static/css/pill.css").read_text()
    for status in lifecycle.STATUSES:
        assert wording.STATUS[status]
        assert wording.STATUS_EXPLAINED[status]
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
    """Check Transom's own files only. The content security policy keeps libraries from loading anything."""
    files = [path for kind in ("css", "js") for path in (ROOT / "intake/static").rglob(f"*.{kind}")]
    ours = [path for path in files if path.parent.name not in ("bundle", "vendor")]
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


def test_only_the_model_holds_claims_and_waiting_against_a_clock() -> None:
    """Elsewhere it is `is_claimed`, `has_waited` and `is_overdue`: one rule, and the database's clock."""
    sums = [
        (_name(path), node)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Compare, ast.BinOp))
    ]
    readers = {
        name
        for name, node in sums
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and part.attr in {"claimed_until", "waiting_since", "read_at"}
        if not _is_none_check(node)
    }
    assert readers == {"intake/models/submission.py", "intake/models/desk.py"}


def _is_none_check(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) and all(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops)


def test_no_expression_has_a_possessive_group() -> None:
    """Python before 3.11.5 backtracks into possessive groups (gh-106052), so that such an expression may match wrongly."""
    group = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")
    lines = [(path, line) for path in CODE for line in path.read_text().splitlines()]
    assert [f"{_name(path)}: {line.strip()}" for path, line in lines if group.search(line)] == []
