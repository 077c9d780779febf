"""Documents in the ZIP of a submission: HTML, Markdown and JSON."""

from typing import Any

from markupsafe import Markup, escape

from intake.languages import direction
from intake.publishing.accepted import Accepted, Image
from intake.publishing.figures import figure, with_figures, words_of
from intake.review.translations import is_known
from intake.text import display
from intake.text.html import placements
from intake.text.markdown import to_markdown


def facts(submission: Accepted) -> dict[str, Any]:
    """Document `submission.json`, as a dict.

    Its only time is the time of publication, because other times would reveal when an editor worked.
    """
    return {
        "id": str(submission.id),
        "title": submission.title,
        "revision": submission.revision,
        "words": submission.words,
        "language": submission.language,
        "section": submission.section,
        "region": submission.region,
        "tags": submission.tags,
        "name_to_print": submission.print_name,
        "consent_version": submission.consent_version,
        "published_at": submission.published_at.isoformat() if submission.published_at else None,
        "published_url": submission.published_url,
        "alternates": [{"language": one.language, "url": one.url} for one in submission.alternates],
        "photos": [_photo(image) for image in submission.images],
        "featured_photo": submission.featured.file if submission.featured else None,
        "photos_in_the_text": [
            image.file for image in map(submission.image, placements.placed(submission.html)) if image
        ],
    }


def _photo(image: Image) -> dict[str, Any]:
    return {
        "file": image.file,
        "file_1600": image.file_in("web"),
        "file_320": image.file_in("thumb"),
        "caption": image.caption,
        "credit": image.credit,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
    }


_PAGE = Markup(
    """<!doctype html>
<html lang="{language}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<title>{title}</title>
{alternates}<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.125rem/1.6 Charter, "Noto Serif", Cambria, serif; overflow-wrap: anywhere; }}
h1 {{ line-height: 1.2; }}
figure {{ margin: 2rem 0; }}
img {{ display: block; max-width: 100%; height: auto; }}
figcaption {{ margin-top: 0.5rem; font-size: 0.9em; }}
pre {{ font: inherit; white-space: pre-wrap; tab-size: 4; }}
.credit {{ opacity: 0.8; }}
</style>
<h1 dir="auto">{title}</h1>
{byline}<main dir="auto">
{body}
{figures}</main>
</html>
"""
)
_BYLINE = Markup('<p class="credit" dir="auto">{}</p>\n')
_ALTERNATE = Markup('<link rel="alternate" hreflang="{}" href="{}">\n')


def page(submission: Accepted) -> str:
    """Document `index.html`. Photos are where an editor placed them, and photos without a place are at the end.

    The page loads nothing from the network, and its content security policy forbids scripts.
    """
    written = _PAGE.format(
        language=submission.language,
        direction=direction(submission.language),
        title=submission.title,
        byline=_BYLINE.format(submission.print_name) if submission.print_name else "",
        alternates=_alternates(submission),
        body=Markup(display.directed(submission.html)),  # noqa: S704 - cleaned and verified before it was stored
        figures=Markup().join(_figure(image) + "\n" for image in submission.unplaced),
    )
    return with_figures(submission, written, _figure)


def _alternates(submission: Accepted) -> Markup:
    """Links to the published texts in other languages. If there are any, also to this text, as hreflang requires."""
    links = [_ALTERNATE.format(one.language, one.url) for one in submission.alternates]
    if links and submission.published_url and is_known(submission.language):
        links.insert(0, _ALTERNATE.format(submission.language, submission.published_url))
    return Markup().join(links)


def markdown(submission: Accepted) -> str:
    """Document `submission.md`: title, name, text, and photos with their captions."""
    text = with_figures(submission, submission.html, _paragraphs)
    figures = "".join(map(_paragraphs, submission.unplaced))
    return to_markdown(
        f"<h1>{escape(submission.title)}</h1>{_paragraph(submission.print_name)}{text}{figures}"
    )


def _figure(image: Image) -> Markup:
    return figure(image, image.file_in("web"))


def _paragraphs(image: Image) -> str:
    """A photo and its caption and credit as two paragraphs, because Markdown has no figures."""
    picture = f'<p><img src="{image.file}" alt="{escape(image.alt or "")}"></p>'
    return picture + _paragraph(words_of(image))


def _paragraph(words: str | None) -> str:
    return f"<p>{escape(words)}</p>" if words else ""
