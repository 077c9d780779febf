"""Language of a page.

On contributors' pages, the first part of the path chooses it, else the browser's preference. No cookie remembers it.
On editors' pages, the account chooses it, else the browser's preference. Pages of admins are English.
"""

from dataclasses import dataclass
from typing import Any

import flask_babel
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, request, session, url_for
from flask_babel import Babel, Domain, get_locale
from werkzeug.routing import BaseConverter

from intake import plurals
from intake.languages import direction
from intake.translations import catalogue, interface, script_words
from intake.translations.catalogue import Catalogue
from intake.web.current import config

# Blueprints that speak the reader's language.
LOCALIZED = frozenset({"contribute", "uploads"})
# Blueprints that speak the language of the account.
DESK = frozenset({"desk", "accounts", "factors", "security"})
# Prefixes of paths whose error pages are English, even if no view has the path.
ENGLISH_PATHS = ("/admin/", "/api/", "/feeds/")
DESK_PATHS = ("/desk/", "/account/")
ACCOUNT_LANGUAGE = "language"
"""Key of the account's language in the session cookie, for error pages, which do not load the account."""
FIRST_PAGE = "contribute.start"


class LanguageConverter(BaseConverter):
    """First part of a localized path. Its value is a language of INTERFACE."""

    regex = f"(?i:{'|'.join(map(interface.path, interface.INTERFACE))})"

    def to_url(self, value: str) -> str:
        """Return the part of the path."""
        return interface.path(value)


class LocalizedBlueprint(Blueprint):
    """Blueprint whose pages have a path without a language, and one in each language, such as `/ar/receipt`."""

    def add_url_rule(self, rule: str, *args: Any, **options: Any) -> None:
        """Register both paths of a view."""
        super().add_url_rule(rule, *args, **options)
        super().add_url_rule(f"/<language:language>{rule}", *args, **options)


class PageDomain(Domain):
    """Messages of Flask-Babel from the .po files."""

    def get_translations(self) -> Catalogue:
        """Return the catalogue of the page's language."""
        return catalogue.load(interface.by_locale(str(get_locale())))


def chosen() -> str | None:
    """Return the language that the path of this request names, or None."""
    return interface.by_path(request.path[1:20].partition("/")[0])


def current() -> str:
    """Return the language of this request's page."""
    if not has_request_context():
        return interface.ENGLISH
    if request.blueprint in DESK or (request.endpoint is None and request.path.startswith(DESK_PATHS)):
        return _of_account() or interface.preferred(request.accept_languages.values(), interface.DESK)
    if request.blueprint in LOCALIZED or _is_unknown():
        return chosen() or interface.preferred(request.accept_languages.values(), config().offered_languages)
    return interface.ENGLISH


def _of_account() -> str | None:
    """Return the language that the account has chosen. Does not load the account, because the database may be down."""
    person = g.get("_login_user")
    chosen_one = getattr(person, "language", None) or session.get(ACCOUNT_LANGUAGE)
    return chosen_one if chosen_one in interface.DESK else None


def of_browser() -> str | None:
    """Return the language of the desk that the browser prefers. None if the browser names none of them."""
    return interface.understood(request.accept_languages.values(), interface.DESK)


def remember(code: str | None) -> None:
    """Keep the account's language in the session cookie, from this request on."""
    session.pop(ACCOUNT_LANGUAGE, None)
    if code:
        session[ACCOUNT_LANGUAGE] = code
    flask_babel.refresh()


def _is_unknown() -> bool:
    """Return whether no view has this path. Its error page is localized, because the reader may be a contributor."""
    return request.endpoint is None and not request.path.startswith((*ENGLISH_PATHS, *DESK_PATHS))


def translator() -> Catalogue:
    """Return the translations of this request's language, for functions that take a Translator."""
    return catalogue.load(current())


def gettext(message: str, **variables: object) -> str:
    """Translate a message into this page's language, and fill in its placeholders."""
    return str(flask_babel.gettext(message, **variables))


def ngettext(one: str, several: str, number: int, **variables: object) -> str:
    """Translate a message in the form for `number` things, which is the placeholder `num`. See `gettext`."""
    return str(flask_babel.ngettext(one, several, number, **variables))


def init_app(app: Flask) -> None:
    """Set up Flask-Babel, paths with a language, and the variables of all templates.

    Must precede the registration of localized blueprints.
    """
    app.url_map.converters["language"] = LanguageConverter
    babel = Babel(app, locale_selector=lambda: interface.locale(current()))
    babel.domain_instance = PageDomain()
    app.url_value_preprocessor(_drop_language)
    app.url_defaults(_keep_language)
    app.context_processor(_variables)
    app.after_request(_vary)
    app.jinja_env.globals |= {"interface_lang": current, "script_words": _script_words}
    plurals.READER.find = translator
    # Line breaks and indents of a template are no part of a message.
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def _vary(response: Response) -> Response:
    """Add `Vary: Accept-Language` to pages whose language depends on the browser's preference."""
    is_asked = request.blueprint in DESK or (request.blueprint in LOCALIZED and not chosen())
    if is_asked and response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response


def _script_words(bundle: str) -> dict[str, str | list[str]] | None:
    """Return the translations for the scripts of a page of the desk. None for an English page."""
    return None if current() == interface.ENGLISH else script_words.words(translator(), bundle)


def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the language out of a view's arguments. `chosen` reads it from the path."""
    if values:
        values.pop("language", None)


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the language that the path names in the addresses of localized pages."""
    if "language" in values or not has_request_context() or not (code := chosen()):
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = code


@dataclass(frozen=True)
class LanguageLink:
    """Link of the language menu. `url` is this page in another language, or the first page if this page needs a POST.

    `receipt_url` takes a receipt in the body of a form.
    """

    code: str
    name: str
    dir: str
    url: str
    receipt_url: str
    is_current: bool


def links() -> list[LanguageLink]:
    """Return the links of the language menu: one for each offered language, and one for the page's own language."""
    # Only a page that was fetched by GET is still the same page at its address.
    same = (
        request.endpoint if request.blueprint == "contribute" and request.method in {"GET", "HEAD"} else None
    )
    endpoint, values = (same, request.view_args or {}) if same else (FIRST_PAGE, {})
    shown = current()
    offered = interface.shown(config().offered_languages)
    return [
        LanguageLink(
            code,
            name,
            direction(code),
            url_for(endpoint, language=code, **values),
            url_for("contribute.status", language=code),
            code == shown,
        )
        for code, name in interface.NAMES.items()
        if code in offered or code == shown
    ]


def _variables() -> dict[str, Any]:
    code = current()
    return {
        "page_lang": code,
        "page_dir": direction(code),
        "language_links": links,
        "is_own_address": request.method in {"GET", "HEAD"},
    }
