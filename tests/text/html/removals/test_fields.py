import pytest

from intake.text.html.cleaning import clean
from intake.text.html.removals import fields

BEGIN, SEPARATOR, END = (
    f"<span style='mso-element:field-{part}'></span>" for part in ("begin", "separator", "end")
)


def field(instruction: str, result: str, *, commented: bool) -> str:
    first, last = (
        ("<!--[if supportFields]>", "<![endif]-->") if commented else ("<![if supportFields]>", "<![endif]>")
    )
    return f"{first}{BEGIN}<span>&nbsp;</span>{instruction}{SEPARATOR}{last}{result}{first}{END}{last}"


@pytest.mark.parametrize("commented", [True, False])
@pytest.mark.parametrize(
    "instruction",
    [' TOC \\o "1-3" \\h ', " PAGEREF _Toc1 \\h ", ' HYPERLINK "https://e.example/Daulet" ', " DATE "],
)
def test_only_results_stay(instruction: str, *, commented: bool) -> None:
    cleaned = clean(f"<p>a {field(instruction, 'result', commented=commented)} b</p>")
    assert cleaned.html == "<p>a result b</p>"
    # A field instruction inside a comment is not reported, because no reader saw it.
    assert cleaned.removed == ({} if commented else {"field-code": 1})


@pytest.mark.parametrize("commented", [True, False])
@pytest.mark.parametrize("name", sorted(fields.PRIVATE))
def test_private_results_go(name: str, *, commented: bool) -> None:
    instruction = f" {name} \\* MERGEFORMAT "
    cleaned = clean(f"<p>a {field(instruction, '<b>C:/Daulet</b>', commented=commented)} b</p>")
    assert " ".join(cleaned.html.split()) == "<p>a b</p>"
    assert cleaned.removed == {"properties": 1}


def test_fields_in_fields() -> None:
    inner = field(" PAGEREF _Toc1 \\h ", "3", commented=True)
    raw = f"<p>{field(' TOC ', f'Chapter {inner}', commented=True)}</p><p>b {field(' AUTHOR ', inner, commented=True)}</p>"
    assert clean(raw).html == "<p>Chapter 3</p><p>b</p>"


@pytest.mark.parametrize(
    "raw",
    [
        f"<p>{BEGIN} word</p>",
        f"<p>{SEPARATOR}word{END}</p>",
        f"<p>{BEGIN}{SEPARATOR}word</p>",
        f"<p>{BEGIN} AUTHOR {SEPARATOR}word</p>",
        f"<!--[if supportFields]>{BEGIN} PAGE <![endif]--><p>word",
        f"<!--[if supportFields]>{BEGIN} PAGE <p>word",
    ],
)
def test_a_field_that_was_cut_loses_no_result(raw: str) -> None:
    assert ("word" in clean(raw).html) == (not raw.endswith("PAGE <p>word"))


@pytest.mark.parametrize(
    "instruction",
    [
        "PAGEREF _Toc12 \\h",
        'TOC \\o "1-3" \\h \\z \\u',
        'HYPERLINK \\l "_Toc1"',
        "\\* MERGEFORMAT",
        "{ PAGEREF _Toc12 }",
    ],
)
def test_instructions_without_words_elements(instruction: str) -> None:
    assert clean(f"<p class=MsoNormal>a {instruction} b</p>").html == "<p>a b</p>"
    assert instruction in clean(f"<p>{instruction}</p>").html.replace("&quot;", '"')


def test_fields_of_libreoffice() -> None:
    cleaned = clean("<p>a<sdfield type=AUTHOR>Daulet</sdfield><sdfield type=PAGE>2</sdfield></p>")
    assert (cleaned.html, cleaned.removed) == ("<p>a2</p>", {"properties": 1})


def test_revealing_leaves_other_comments() -> None:
    assert fields.revealed("a<!-- b --><!--[if mso]>c<![endif]-->") == "a<!-- b --><!--[if mso]>c<![endif]-->"
    assert fields.revealed(f"a<!--[if supportFields]>{BEGIN} PAGE {SEPARATOR}x<![endif]-->b") == (
        'a<span style="mso-element:field-begin"></span><span style="mso-element:field-separator"></span>b'
    )


def test_revealing_keeps_what_has_no_end() -> None:
    raw = "<!--[if supportFields]>" * 3
    assert fields.revealed(raw) == raw
