"""Pages of documentation: listed, linked, short, for a named reader, and true of commands and scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from intake.cli import COMMANDS
from tests.screenshots.shots import FOLDER, MOST_BYTES, files

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INDEX = DOCS / "index.md"
PAGES = sorted(DOCS.rglob("*.md"))
AT_THE_TOP = [
    ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
ITALIC = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)")
# Words that the project used in a private sense, and that readers would not understand.
DIALECT = re.compile(
    r"\b(pieces?|levers?|in hand|lets? (it |them )?go( on)?|leaves? the house|the clock starts?|deaf|parted by|kept ready)\b",
    re.IGNORECASE,
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", CODE.sub(_without_ticks, page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _without_ticks(code: re.Match[str]) -> str:
    return "" if code[0].startswith("```") else code[0].strip("`")


def broken(page: Path) -> Iterator[str]:
    """Links of a page to files or anchors that do not exist. Links to other servers are not checked."""
    for link in LINK.findall(page.read_text("utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("page", [*PAGES, *AT_THE_TOP], ids=name)
def test_every_link_resolves(page: Path) -> None:
    assert list(broken(page)) == []


@pytest.mark.parametrize("page", [*PAGES, *AT_THE_TOP], ids=name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:intake|workers|templates|tests|script|docs)/[\w./*-]*)`", page.read_text("utf-8")
    )
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


def test_the_index_lists_every_page() -> None:
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(INDEX.read_text("utf-8"))}
    assert {name(page) for page in (*PAGES, *AT_THE_TOP) if page.resolve() not in linked} == {"docs/index.md"}


@pytest.mark.parametrize("page", [*PAGES, *AT_THE_TOP[1:]], ids=name)
def test_a_page_names_its_reader_in_its_first_line(page: Path) -> None:
    title, _, rest = page.read_text("utf-8").partition("\n")
    assert title.startswith("# ")
    assert rest.strip().startswith("For ")


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_a_decision_record_has_its_four_parts_and_is_short(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequence",
        "What would change it",
    ]
    assert len(text.split()) < 300


def test_the_architecture_can_be_read_in_ten_minutes() -> None:
    words = [word for word in (ROOT / "ARCHITECTURE.md").read_text("utf-8").split() if re.search(r"\w", word)]
    assert len(words) <= 1200


def test_the_readme_fits_on_two_screens() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 90


def test_every_picture_that_the_script_makes_is_shown() -> None:
    shown = [
        found
        for page in (ROOT / "README.md", ROOT / "docs" / "wordpress.md", ROOT / "docs" / "writing.md")
        for found in re.findall(r'(?:src|srcset)="(?:docs/)?img/([^"]+)"', page.read_text("utf-8"))
    ]
    assert sorted(shown) == sorted(files())
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(files())
    assert [path.name for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES] == []


@pytest.mark.parametrize("page", [*PAGES, *AT_THE_TOP], ids=name)
def test_commands_and_scripts_exist(page: Path) -> None:
    code = " ".join(CODE.findall(page.read_text("utf-8")))
    assert (
        set(re.findall(r"(?:^|[\s`/])transom (?!transom\b)([a-z][a-z-]*)", code)) - COMMANDS.keys() == set()
    )
    scripts = set(re.findall(r"(?:^|[\s`(])script/([a-z-]+)", code))
    assert {script for script in scripts if not (ROOT / "script" / script).exists()} == set()


@pytest.mark.parametrize("page", [*PAGES, *AT_THE_TOP, ROOT / ".env.example"], ids=name)
def test_the_words_are_those_of_the_glossary(page: Path) -> None:
    assert DIALECT.findall(CODE.sub("", page.read_text("utf-8"))) == []


def test_sentences_to_look_up_are_those_that_transom_says() -> None:
    """People look up messages of the admin page or `transom doctor` there, so quoted messages must occur in the code."""
    page = CODE.sub("", (DOCS / "ops/something-is-wrong.md").read_text("utf-8"))
    said = [part.strip() for words in ITALIC.findall(page) for part in re.split(r"\(?…\)?", words)]
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "intake").rglob("*.py"))
    assert len(said) > 20
    assert [part for part in said if part not in source and part != "worker"] == []


def test_the_glossary_has_the_words_of_the_domain() -> None:
    glossary = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Glossary")[2]
    defined = set(re.findall(r"^\| \*\*([a-z ]+)\*\*", glossary, re.MULTILINE))
    assert defined == {
        "submission", "revision", "photo", "receipt", "decision", "claim", "note", "message", "saved reply",
        "lane", "queue", "job", "lease", "canary", "retouch", "reach",
    }  # fmt: skip
