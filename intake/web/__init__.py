"""Flask application, with one blueprint for each group of users, such as contributors, editors and admins."""

from datetime import timedelta

from flask import Flask, Response
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, ValidationError

from intake.crypto import keyring
from intake.paths import STATIC, TEMPLATES
from intake.settings import Settings
from intake.web import (
    admin,
    bundles,
    compression,
    current,
    desk,
    display,
    errors,
    guest,
    headers,
    health,
    language,
    live_updates,
    metrics,
    sides,
)
from intake.web.api import admin as admin_api
from intake.web.api import desk as desk_api
from intake.web.api.public import (
    consent,
    draft_files,
    draft_uploads,
    drafts,
    feed_pictures,
    feeds,
    receipts,
    submissions,
)
from intake.web.contribute import answer_views, contributor_messages, draft_views, form, receipt, tus
from intake.web.contribute.request import IntakeRequest
from intake.web.desk import placing, publication, records
from intake.web.login import (
    account,
    accounts,
    confirm,
    factors,
    links,
    own_resets,
    second_step,
    security,
    words,
)
from intake.web.login.openid import authorization_requests, callback, own_link
from intake.web.login.security import NewsroomSessions
from intake.web.magazine import logo

# Limit of a request body in bytes. Requests with a submission, an answer or an edit set a higher limit.
ORDINARY_BODY = 1024 * 1024
# Limit of all text fields of a request in bytes. Below it, the form shows an oversized field with its error.
FORM_MEMORY = 16 * 1024 * 1024
# Modules with views. Some share a blueprint, such as the contributor's form, receipt and answers.
VIEWS = (
    form,
    receipt,
    answer_views,
    contributor_messages,
    draft_views,
    tus,
    submissions,
    consent,
    receipts,
    drafts,
    draft_files,
    draft_uploads,
    desk,
    placing,
    publication,
    records,
    desk_api,
    feed_pictures,
    feeds,
    admin,
    admin_api,
    account,
    accounts,
    second_step,
    links,
    own_resets,
    words,
    authorization_requests,
    callback,
    own_link,
    factors,
    guest,
    health,
    metrics,
    logo,
)


class Number(IntegerConverter):
    """URL variable that is a number. A number above the maximum gives 404.

    By default, Werkzeug answers 405 if a route for another method has the same address.
    """

    def to_python(self, value: str) -> int:
        """Return the number. Raises NotFound if it is too large."""
        try:
            return int(super().to_python(value))
        except ValidationError:
            raise NotFound from None


class Transom(Flask):
    """Flask application with streaming uploads. Only pages of editors and admins set session cookies."""

    request_class = IntakeRequest
    session_interface = NewsroomSessions()

    def send_static_file(self, filename: str) -> Response:
        """Return a static file, compressed if it is a bundle."""
        return bundles.response(filename) or super().send_static_file(filename)

    def handle_exception(self, e: Exception) -> Response:
        """Answer an exception raised by an error handler like one raised by a view.

        By default, Flask answers 500. An error handler, too, can find a submission purged or the database down.
        """
        try:
            return self.finalize_request(self.handle_user_exception(e), from_error_handler=True)
        except Exception:
            return super().handle_exception(e)


def create_app(config: Settings | None = None) -> Transom:
    """Create the application. `config` defaults to the settings of this process."""
    config = config or Settings.from_env()
    app = Transom("transom", static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config.update(_flask_config(config))
    app.url_map.converters["int"] = Number
    app.extensions["settings"] = config
    current.init_app(app)
    sides.init_app(app, config)
    language.init_app(app)
    for blueprint in dict.fromkeys(view.bp for view in VIEWS):
        app.register_blueprint(blueprint)
    security.init_app(app)
    confirm.init_app(app)
    display.init_app(app)
    live_updates.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    bundles.init_app(app)
    compression.init_app(app)
    return app


def _flask_config(config: Settings) -> dict[str, object]:
    prefix = "__Host-" if config.is_desk_secure else ""
    return {
        "SECRET_KEY": keyring().subkey("public session" if config.is_public_side else "session").hex(),
        "SESSION_COOKIE_NAME": f"{prefix}transom",
        "SESSION_COOKIE_SECURE": config.is_desk_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Lifetime of a remembered cookie in the browser. The server checks the limits of each session itself.
        "PERMANENT_SESSION_LIFETIME": timedelta(days=config.session_days),
        "MAX_CONTENT_LENGTH": ORDINARY_BODY,
        "MAX_FORM_MEMORY_SIZE": max(FORM_MEMORY, desk.edits.edit_body(config)),
        "MAX_FORM_PARTS": 1000,
    }
