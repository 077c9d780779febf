"""README in the ZIP: the contents of the ZIP, and how to import them into WordPress, step by step."""

from textwrap import fill

from intake.languages import NAMES
from intake.publishing.accepted import Accepted
from intake.publishing.wordpress import featured_file, upload_name
from intake.text.html import placements

_WIDTH = 78


def readme(submission: Accepted, uploads: str) -> str:
    """Document `README.txt`. `uploads` is the address of the folder where WordPress keeps the photos."""
    parts = [
        f"{submission.title or 'Untitled'}\n\n" + "\n".join(_facts(submission)),
        "WHAT IS IN THIS FOLDER\n\n" + "\n".join(_files(submission)),
        "INTO WORDPRESS\n\n" + "\n".join(_numbered(_steps(submission))),
        "WHAT IS LEFT TO DO BY HAND\n\n" + "\n".join(_dashed(_left(submission))),
    ]
    if submission.images:
        parts.append("IF A PICTURE DOES NOT SHOW\n\n" + "\n".join(_numbered(_repairs(submission, uploads))))
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
        ("index.html", f"the text{' with its photos' if submission.images else ''}, to read in a browser"),
        ("wordpress.txt", "the text for WordPress: copy all of it, and paste"),
        ("submission.md", "the text as Markdown"),
        ("submission.json", "title, name, tags and captions, for programs"),
    ]
    if featured := submission.featured:
        files += [
            ("wordpress/", "each photo for WordPress, at most 1,600 pixels wide or high"),
            ("photos/", "each photo in full size, at most 1,600 and at most 320 pixels, for other uses"),
            (featured_file(featured), f"the featured photo: photo {featured.position}, at most 1,600 pixels"),
        ]
    return [_hanging(f"{name:<15} ", words) for name, words in files]


def _steps(submission: Accepted) -> list[str]:
    upload = (
        "In WordPress, choose Media, then Add Media File (Add New in old versions). Drag all files of the folder"
        " wordpress into the window, or press Select Files and choose them. Do not rename them. Wait until each has its picture."
    )
    before = (
        "Look at the preview. Publish. If WordPress suggests External media, do not press Upload: the pictures are"
        " there already."
    )
    return [
        "Unpack the ZIP file into a folder, if you only look into it.",
        *([upload] if submission.images else []),
        ("Choose" if submission.images else "In WordPress, choose")
        + " Posts, then Add Post (Add New in old versions). Type or paste the title, and press Enter.",
        "Open wordpress.txt by a double click. Select all (Ctrl+A) and copy (Ctrl+C). On a Mac, press ⌘ for Ctrl.",
        "In WordPress, paste (Ctrl+V) below the title. The text appears"
        + (", with its pictures and captions." if submission.images else "."),
        *_featured_steps(submission),
        before if submission.images else "Look at the preview. Publish.",
        "At the desk, mark the submission as published, with the address of the post.",
    ]


def _featured_steps(submission: Accepted) -> list[str]:
    featured = submission.featured
    if featured is None:
        return []
    words = f" Fill in its Alternative Text, “{featured.alt}”." if featured.alt else ""
    return [
        "In the settings of the post (on the right, under Post), press Set featured image, then Media Library. Choose"
        f" {upload_name(featured)}.{words} Press Set featured image."
    ]


def _repairs(submission: Accepted, uploads: str) -> list[str]:
    one = submission.images[0]
    return [
        "In WordPress, choose Media and one of the uploaded pictures. Press Copy URL to clipboard.",
        f"The text expects {uploads}{upload_name(one)}"
        + ("" if "://" in uploads else " behind the name of your site")
        + ". If the copied address has other folders, replace the beginning in wordpress.txt: all that stands before"
        f" the name of a picture, {uploads}, by all that stands before the name in the copied address. Then empty the"
        " post, and paste wordpress.txt again. This is so if you upload in another month than you downloaded.",
        "Or select the picture in the post, choose Replace and Media Library, and take the file with its name. The"
        " caption stays. Fill in the alternative text, which WordPress then takes from the library.",
    ]


def _alternatives(submission: Accepted) -> list[str]:
    return [_hanging(f"{upload_name(image)}:  ", image.alt) for image in submission.images if image.alt]


def _left(submission: Accepted) -> list[str]:
    left = ["Author, categories, tags, address (slug) and excerpt of the post."]
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
