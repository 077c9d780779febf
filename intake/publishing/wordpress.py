"""Documents in the ZIP for WordPress: block markup to paste, and a README that says what to do."""

import uuid
from textwrap import fill

from markupsafe import Markup

from intake.languages import NAMES
from intake.publishing.accepted import Accepted, Image
from intake.text.html import placements
from intake.text.wordpress import image_block, to_block_markup

_WIDTH = 78


def wordpress(submission: Accepted) -> str:
    """Document `wordpress.html`: the text as blocks, without its title.

    Photos stand where an editor placed them, and those without a place at the end.
    """

    def photo(name: uuid.UUID) -> str:
        image = submission.image(name)
        return _block(image) if image else ""

    text = to_block_markup(submission.html, photo)
    ends = "".join(f"\n{_block(image)}\n" for image in submission.unplaced)
    return (text + ends).lstrip("\n")


def _block(image: Image) -> str:
    lines = [Markup("{}").format(line) for line in (image.caption, image.credit) if line]
    return image_block(image.file, image.alt or "", Markup("<br>").join(lines))


def featured_file(image: Image) -> str:
    """File name in the ZIP of the featured photo, such as `featured.jpg`."""
    return f"featured.{image.ending}"


def readme(submission: Accepted) -> str:
    """Document `README.txt`: what is in the ZIP, and how it gets into WordPress."""
    parts = [
        f"{submission.title or 'Untitled'}\n\n" + "\n".join(_facts(submission)),
        "WHAT IS IN THIS FOLDER\n\n" + "\n".join(_files(submission)),
        "INTO WORDPRESS\n\n" + "\n".join(_numbered(_steps(submission))),
        "WHAT IS LEFT TO DO BY HAND\n\n" + "\n".join(_dashed(_left(submission))),
    ]
    if any(image.alt for image in submission.images):
        parts.append("ALTERNATIVE TEXTS\n\n" + "\n".join(_alternatives(submission)))
    return "\n\n\n".join(parts) + "\n"


def _facts(submission: Accepted) -> list[str]:
    named = {
        "Name to print": submission.print_name or "none: the author wants to stay unnamed",
        "Language": NAMES.get(submission.language, submission.language),
        "Section": submission.section,
        "Region": submission.region or "",
        "Tags": ", ".join(submission.tags),
        "Words": str(submission.words),
    }
    return [f"{label + ':':<15} {value}" for label, value in named.items() if value]


def _files(submission: Accepted) -> list[str]:
    files = [
        ("index.html", "the text with its photos, to read in a browser"),
        ("wordpress.html", "the same as blocks of WordPress, to paste"),
        ("piece.md", "the same as Markdown"),
        ("piece.json", "title, name, tags and captions, for programs"),
    ]
    if featured := submission.featured:
        files += [
            ("photos/", "each photo in full size, at most 1,600 and at most 320 pixels wide or high"),
            (featured_file(featured), f"the featured photo: photo {featured.position}, at most 1,600 pixels"),
        ]
    return [_hanging(f"{name:<15} ", words) for name, words in files]


def _steps(submission: Accepted) -> list[str]:
    upload = (
        "In WordPress, open Media, Add. Upload these files from the folder photos: "
        f"{', '.join(image.file.removeprefix('photos/') for image in submission.images)}. WordPress makes the smaller"
        " sizes itself. The files that end in -1600 and -320 are for sites that do not."
    )
    described = (
        "Select each uploaded file and fill in its alternative text, because WordPress takes it from there. The texts"
        " are at the end of this page."
    )
    replace = (
        "Each picture still points to a file of this folder, so WordPress shows its caption and no picture. Select the"
        " picture, choose Replace and then Media Library, and take the file with the same name. The caption stays."
    )
    steps = [
        *([upload] if submission.images else []),
        *([described] if any(image.alt for image in submission.images) else []),
        "Open Posts, Add New, and type or paste the title.",
        "Open wordpress.html in a text editor, not in a browser. Select all, and copy.",
        "In WordPress, choose Code editor from the menu with three dots (Ctrl+Shift+Alt+M). Paste into the large field,"
        " then choose Exit code editor.",
        *([replace] if submission.images else []),
    ]
    if featured := submission.featured:
        steps.append(
            f"In the settings of the post, choose Set featured image and upload {featured_file(featured)}."
        )
    return steps


def _alternatives(submission: Accepted) -> list[str]:
    files = [(image.file.removeprefix("photos/"), image.alt) for image in submission.images]
    return [_hanging(f"{name + ':':<9}", alt) for name, alt in files if alt]


def _left(submission: Accepted) -> list[str]:
    left = [
        "Author, categories, tags, address (slug) and excerpt of the post.",
        "A look at the preview of the post, and publishing it.",
        "Marking the submission as published at the desk, with the address of the post.",
    ]
    if missing := [f"photo {image.position}" for image in submission.images if not image.alt]:
        left.insert(0, f"An alternative text, for people who cannot see, of {_and(missing)}.")
    unplaced = [f"photo {image.position}" for image in submission.unplaced]
    if unplaced and placements.placed(submission.html):
        left.insert(0, f"A place in the text for {_and(unplaced)}, now at the end.")
    if "#note-" in submission.html:
        left.append(
            "The footnotes are a numbered list at the end, and their marks are links. They work as they are. They are"
            " not footnotes of WordPress, which cannot be pasted."
        )
    return left


def _and(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _numbered(steps: list[str]) -> list[str]:
    return [_hanging(f"{number}. ", step) for number, step in enumerate(steps, start=1)]


def _dashed(points: list[str]) -> list[str]:
    return [_hanging("- ", point) for point in points]


def _hanging(lead: str, words: str) -> str:
    return fill(
        words, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
