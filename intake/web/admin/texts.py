"""Admin pages of the texts that contributors read: consent and introduction, in each language."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.errors import NotFound
from intake.languages import direction
from intake.magazine import shown, texts
from intake.magazine.texts import NONE, Key, TextVersion
from intake.translations import interface
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.forms.admin import MagazineTextForm

TITLES = {texts.CONSENT: "Consent", texts.INTRODUCTION: "Introduction"}
PLACES = {
    texts.CONSENT: "What contributors agree to. It stands above the box that they tick, and on the page about safety.",
    texts.INTRODUCTION: "The words under the title of the first page.",
}
ADDRESS = f"/texts/<any({', '.join(TITLES)}):name>/<code>"
STALE = "Another admin has changed this text since you opened this page. Compare yours with the version below, then save again."


@dataclass(frozen=True)
class TextInLanguage:
    """A text in one language, for the list and for its page. `default` contains the placeholder of the magazine's name."""

    name: str
    code: str
    version: TextVersion
    default: str

    @property
    def title(self) -> str:
        """Name of the text, for people."""
        return TITLES[self.name]

    @property
    def language(self) -> str:
        """Name of the language in its own script."""
        return interface.NAMES[self.code]

    @property
    def dir(self) -> str:
        """Writing direction."""
        return direction(self.code)

    @property
    def paragraphs(self) -> list[str]:
        """Paragraphs of the text in effect, as contributors see them."""
        return _paragraphs(self.version.body or self.default)


@bp.get("/texts", endpoint="texts")
@requires("settings.change")
def list_texts() -> ResponseReturnValue:
    """Page of both texts in all languages."""
    with transaction() as session:
        newest = texts.newest(session)
    found = {
        name: [_text(name, code, newest.get((name, code), NONE)) for code in interface.INTERFACE]
        for name in TITLES
    }
    return render_template("admin/texts.html", texts=found, titles=TITLES, places=PLACES)


@bp.get(ADDRESS)
@requires("settings.change")
def edit_text(name: str, code: str) -> ResponseReturnValue:
    """Page of one text in one language, with all its versions."""
    _check(code)
    with transaction() as session:
        newest = next(iter(texts.versions(session, name, code)), NONE)
    body = newest.body or texts.default(name, code)
    form = MagazineTextForm(formdata=None, data={"body": body, "version": newest.number})
    return _page((name, code), form)


@bp.post(ADDRESS)
@requires("settings.change")
def save_text(name: str, code: str) -> ResponseReturnValue:
    """Show a preview of the text, save it, or go back to the default (form field `do`)."""
    _check(code)
    form = MagazineTextForm()
    do = request.form.get("do", "")
    if do != "default" and not form.validate():
        return _page((name, code), form), 422
    if do == "preview":
        return _page((name, code), form, _paragraphs(texts.tidy(form.body.data or "")))
    body = "" if do == "default" else form.body.data or ""
    with transaction() as session:
        is_new = texts.save(session, current_user, (name, code), body, form.version.data or 0)
    shown.forget()
    flash(_told(name, code) if is_new else "Nothing has changed.", "success")
    return redirect(url_for("admin.texts"), 303)


@bp.errorhandler(texts.StaleText)
def changed_by_other(_error: texts.StaleText) -> ResponseReturnValue:
    """Show the typed text again beside the newest version."""
    arguments = request.view_args or {}
    name, code = arguments["name"], arguments["code"]
    form = MagazineTextForm()
    with transaction() as session:
        form.version.data = texts.versions(session, name, code)[0].number
    form.body.errors = [STALE]
    return _page((name, code), form), 409


def _check(code: str) -> None:
    if code not in interface.NAMES:
        raise NotFound


def _told(name: str, code: str) -> str:
    language = interface.NAMES[code]
    return f"{TITLES[name]}: the text in {language} is saved. Contributors see it within {shown.SECONDS} seconds."


def _text(name: str, code: str, version: TextVersion) -> TextInLanguage:
    return TextInLanguage(name, code, version, texts.default(name, code))


def _paragraphs(body: str) -> list[str]:
    return texts.filled(body, config().magazine).split("\n\n")


def _page(key: Key, form: MagazineTextForm, preview: list[str] | None = None) -> str:
    with transaction() as session:
        found = texts.versions(session, *key)
    return render_template(
        "admin/text.html",
        form=form,
        text=_text(*key, next(iter(found), NONE)),
        place=PLACES[key[0]],
        versions=found,
        preview=preview,
        most=texts.MOST_CHARACTERS,
        placeholder=texts.MAGAZINE,
    )
