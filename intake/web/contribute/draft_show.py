"""Pages that show a draft: the form to edit it, and the preview before it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast

from flask import render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from intake import receipts
from intake.db import transaction
from intake.plurals import gettext_noop
from intake.submissions.draft import DraftWords
from intake.submissions.draft_page import DraftPage, draft_page
from intake.submissions.suspicion import proof_of_work
from intake.text import clean_line, render, report, sandboxed
from intake.web.contribute import bot_signals, form_tokens, submission_intake
from intake.web.contribute.photo_rows import limits
from intake.web.current import config
from intake.web.forms.contribute import SubmissionForm, consent_shown
from intake.web.headers import CSP_WITH_INLINE_PICTURES
from intake.web.language import gettext, translator

if TYPE_CHECKING:
    from intake.languages import Format

Page = tuple[str, int, dict[str, str]]
"""Body, status and headers of a response."""
PICTURES = {"Content-Security-Policy": CSP_WITH_INLINE_PICTURES}
CONSENT = ("consent", "consent_version")
PART = "part"
"""Form field with which a script asks for a part of the page: `words`, or `photos`."""


@dataclass
class DraftMessages:
    """Messages on the page of a draft.

    `kept` has typed text that could not be saved. `form` has error messages. `saved` is true after a save.
    """

    problems: Sequence[str] = ()
    code: int = 200
    kept: DraftWords | None = None
    form: SubmissionForm | None = None
    saved: bool = False


def opened(receipt: str) -> DraftPage:
    """Return the draft with this receipt. Raises NotFound, also if it was sent."""
    # `have` lists photos whose thumbnails the page shows already. The script that autosaves the text fields needs
    # no thumbnails.
    have = None if request.form.get(PART) == "words" else frozenset(request.form.get("have", "").split())
    with transaction() as session:
        return draft_page(session, receipt, have, translator())


def show(receipt: str, told: DraftMessages | None = None) -> Page:
    """Render the page of a draft, or the part that a script asked for. Raises NotFound, also if it was sent."""
    return show_page(receipt, opened(receipt), told or DraftMessages())


def show_page(receipt: str, page: DraftPage, told: DraftMessages) -> Page:
    """Render the page of a draft that was loaded already, or the part that a script asked for."""
    part = request.form.get(PART, "")
    template = {"words": "_partials/draft/saved.html", "photos": "_partials/draft/photos.html"}.get(part)
    return (
        render_template(
            template or "contribute/draft.html",
            draft=page,
            form=told.form or filled(page.words),
            told=told,
            receipt=receipts.grouped(receipt),
            upload=form_tokens.upload(),
            limits=limits(),
            challenge=proof_of_work.challenge(receipt),
            proof=bot_signals.sent_proof(),
        ),
        told.code,
        PICTURES,
    )


def filled(words: DraftWords) -> SubmissionForm:
    """Return the form filled with the text fields of a draft, without validating them."""
    typed = {name: value for name, value in asdict(words).items() if value}
    return SubmissionForm(config(), formdata=None, data=typed)


def checked(page: DraftPage, consent: Mapping[str, str]) -> tuple[SubmissionForm, list[str]]:
    """Validate the text fields of a draft. `consent` has the fields of CONSENT that were sent.

    Returns the form and further error messages.
    """
    words = {**asdict(page.words), "section": page.words.section or config().section_names[0]}
    # Browsers do not send unticked checkboxes, so a missing field stays missing.
    sent = {name: consent[name] for name in CONSENT if name in consent}
    form = SubmissionForm(config(), formdata=MultiDict(words | sent))
    form.validate()
    problems = [gettext(NOTHING)] * page.is_empty
    for photo in page.photos:
        for kind, most in submission_intake.PHOTO_WORDS.items():
            if len(getattr(photo, kind)) > most:
                problems.append(gettext(TOO_LONG, number=photo.number, most=most))
    return form, problems


NOTHING = gettext_noop("There is nothing to send yet. Please write something, or add a document or a photo.")
TOO_LONG = gettext_noop("Photo %(number)d: please keep the words beside it to %(most)d characters.")


@dataclass(frozen=True, repr=False)
class DraftPreview:
    """Draft as editors will see it. `html` is safe to render. `about_text` says what cleaning removed."""

    title: str
    html: Markup
    print_name: str
    about_text: str


def preview(words: DraftWords) -> DraftPreview:
    """Clean the text fields of a draft, as a worker will do after the draft is sent."""
    text = sandboxed.clean(words.body, format=cast("Format", words.format))
    return DraftPreview(
        title=clean_line(words.title),
        html=Markup(render(text.html)),  # noqa: S704 - cleaned and verified
        print_name=clean_line(words.print_name),
        about_text=report.for_contributor({"removed": text.removed}, translator()),
    )


def show_check(receipt: str, page: DraftPage, form: SubmissionForm, told: DraftMessages) -> Page:
    """Render the preview of a draft as editors will see it, with the consent text and the Send button."""
    return (
        render_template(
            "contribute/draft_check.html",
            draft=page,
            preview=preview(page.words),
            form=form,
            told=told,
            receipt=receipts.grouped(receipt),
            consent=consent_shown(),
            challenge=proof_of_work.challenge(receipt),
            proof=bot_signals.sent_proof(),
        ),
        told.code,
        PICTURES,
    )
