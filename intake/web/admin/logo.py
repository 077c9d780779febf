"""Admin page of the magazine's logo."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.magazine import logos, setting_versions
from intake.photos.refusal import PhotoRefused, why
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.admin.settings import done
from intake.web.fresh import fresh

UPLOAD = "admin.save_logo"
NO_FILE = "Please choose a picture."
TOO_LARGE = f"This file is too large. Please choose one of up to {logos.MOST_BYTES // 1000} KB."
DRAWING = "This is a drawing, which cannot be cleaned. Please save it as a picture, such as PNG."
NO_CHILD = "The picture could not be read just now. Please try again in a minute."


class LogoUpload:
    """Uploaded file in memory. `data` has one byte more than the limit if the file is larger."""

    def __init__(self) -> None:
        self.data = b""

    def open_file(self, _field: str, _file_name: str) -> "LogoUpload":
        """Return the target of a file."""
        return self

    def write(self, data: bytes) -> int:
        """Keep `data` up to the limit. Returns its length."""
        self.data += data[: logos.MOST_BYTES + 1 - len(self.data)]
        return len(data)


@bp.url_value_preprocessor
def keep_upload(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Keep the uploaded file. The CSRF check reads the form before the view runs."""
    if endpoint == UPLOAD and request.method == "POST":
        request.upload = LogoUpload()  # type: ignore[attr-defined]


@bp.get("/settings/logo", endpoint="logo")
@requires("settings.change")
@fresh
def show_logo() -> ResponseReturnValue:
    """Page with the logo, and the form to replace it. Asks for the password now, as that page cannot keep a file."""
    return _page()


@bp.post("/settings/logo", endpoint="save_logo")
@requires("settings.change")
@fresh
def replace_logo() -> ResponseReturnValue:
    """Clean the picture in the sandbox, and save it as the logo."""
    data: bytes = request.upload.data  # type: ignore[attr-defined]
    if not data:
        return _page(NO_FILE), 422
    if len(data) > logos.MOST_BYTES:
        return _page(TOO_LARGE), 422
    try:
        picture = logos.clean(data)
    except PhotoRefused as refused:
        return _page(DRAWING if refused.reason == "drawing" else why(refused.reason)), 422
    except OSError:
        return _page(NO_CHILD), 503
    with transaction() as session:
        digest = logos.store(session, picture)
    return _save(digest)


@bp.post("/settings/logo-removal")
@requires("settings.change")
@fresh
def remove_logo() -> ResponseReturnValue:
    """Remove the logo. The default drawing is shown again."""
    return _save("")


def _save(digest: str) -> ResponseReturnValue:
    with transaction() as session:
        based_on = request.form.get("version", type=int) or 0
        saved = setting_versions.save(session, current_user, {"logo": digest}, based_on)
    return done(saved, "admin.logo")


def _page(problem: str = "") -> str:
    with transaction() as session:
        last = setting_versions.current(session)
    return render_template(
        "admin/logo.html",
        problem=problem,
        last=last,
        digest=last.choices.get("logo", ""),
        most=logos.MOST_BYTES // 1000,
    )
