"""script/translations: the messages that it finds, the files that it writes, and the mistakes that it reports."""

import ast
import gettext
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from intake import wording
from intake.documents import refusal as documents
from intake.photos import notes, refusal, removed
from intake.submissions import receipt_page
from intake.text import report
from intake.translations import catalogue, interface

ROOT = Path(__file__).parents[2]
TRANSLATED = [code for code in interface.INTERFACE if code != interface.ENGLISH]
CATALOGUES = [(code, "messages") for code in TRANSLATED] + [(code, "desk") for code in interface.DESK[1:]]
COMPLETE = ("ar", "es", "fa", "fr", "it", "kk", "ru", "tr", "ug", "zh-Hans", "zh-Hant")
"""Languages whose catalogue must have a translation of every message. Add a language once it is complete."""


@pytest.fixture(scope="module")
def script() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(ROOT / "script" / "translations")))


@pytest.fixture(scope="module")
def files(script: SimpleNamespace) -> dict[Path, str]:
    """Path → content of each file that the script would write now."""
    found: dict[Path, str] = script.expected()
    return found


@pytest.fixture(scope="module")
def extracted(script: SimpleNamespace) -> dict[str, Catalog]:
    """Domain → messages that the code and the templates have now."""
    found: dict[str, Catalog] = script.extracted()
    return found


@pytest.mark.parametrize("template", [catalogue.TEMPLATE, catalogue.DESK_TEMPLATE], ids=["messages", "desk"])
def test_the_template_is_current(files: dict[Path, str], template: Path) -> None:
    assert template.read_text("utf-8") == files[template], "run script/translations update"


def test_no_message_stands_within_an_f_string() -> None:
    """Before Python 3.12 an f-string is one token, so that the extraction does not find a message within it."""
    hidden = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in sorted([*ROOT.glob("intake/**/*.py"), *ROOT.glob("workers/**/*.py")])
        for string in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(next(iter(call.args), None), ast.Constant)
        if ast.unparse(call.func).endswith(("gettext", "gettext_noop", "desk_noop"))
    ]
    assert hidden == []


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_the_catalogue_of_a_language_is_current(files: dict[Path, str], code: str, domain: str) -> None:
    file = catalogue.file_of(code, domain)
    assert file.read_text("utf-8") == files[file], "run script/translations update"


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_translations_have_the_placeholders_and_tags_of_their_messages(
    script: SimpleNamespace, code: str, domain: str
) -> None:
    assert list(script.mistakes(script.read(code, domain))) == []


@pytest.mark.parametrize("code", interface.DESK[1:])
def test_a_language_of_the_desk_has_every_message(script: SimpleNamespace, code: str) -> None:
    assert [message.id for message in script.untranslated(script.read(code, "desk"))] == []
    assert code in COMPLETE, "the desk shows messages of contributors too"


def test_contributors_read_no_message_of_the_desk_alone(extracted: dict[str, Catalog]) -> None:
    ids = {domain: {one.id for one in catalog if one.id} for domain, catalog in extracted.items()}
    assert ids["messages"] & ids["desk"] == set()
    assert "Accept" in ids["desk"]
    assert wording.STATUS["accepted"] in ids["messages"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_complete_language_has_every_message(script: SimpleNamespace, code: str) -> None:
    missing = [message.id for message in script.untranslated(script.read(code))]
    if code not in COMPLETE:
        # A fully translated language must be in COMPLETE, so that later gaps are noticed.
        assert missing, f"{code} is complete: add it to COMPLETE"
        return
    assert missing == [], f"{code} is incomplete: {len(missing)} messages have no translation"


@pytest.mark.parametrize("code", TRANSLATED)
def test_plural_forms_are_those_of_cldr(script: SimpleNamespace, code: str) -> None:
    header = script.PLURALS[code]
    form = gettext.c2py(header.partition("plural=")[2].rstrip(";"))
    rule = Locale.parse(interface.locale(code)).plural_form
    pairs = {(form(number), rule(number)) for number in range(1000)}
    assert len(pairs) == len({one for one, _ in pairs}) == len({name for _, name in pairs})
    assert header.startswith(f"nplurals={len(pairs)};")


def test_every_sentence_of_the_features_is_in_the_template(
    script: SimpleNamespace, extracted: dict[str, Catalog]
) -> None:
    found = {one for message in extracted["messages"] for one in script._forms(message.id)}
    wanted = {
        *documents.REASONS.values(),
        *(sentence for one in refusal.REASONS.values() for sentence in (one.why, one.what_to_do)),
        *(
            words
            for one in removed.SUMMARY_KINDS.values()
            for words in (one.one, one.several, one.many)
            if words
        ),
        *(form for words in notes.NOTES.values() for form in ([words] if isinstance(words, str) else words)),
        *(form for words in report.KINDS.values() for form in words),
        *receipt_page.DOUBTS.values(),
        *(wording.STATUS[status] for status in wording.contributor_statuses()),
        *wording.STATUS_EXPLAINED.values(),
    }
    assert wanted <= found


def message(source: str | tuple[str, str], translated: str | tuple[str, ...]) -> Catalog:
    catalog = Catalog(locale="ru")
    catalog[source if isinstance(source, str) else source[0]] = Message(source, translated)
    return catalog


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Up to %(size)s", "%(size)s или меньше"),
        ("Words: {words}", "{words} слов"),
        ('Go <a href="%(url)s">on</a>.', 'Дальше <a href="%(url)s">сюда</a>.'),
        (("%(num)s photo", "%(num)s photos"), ("фото", "%(num)s фото", "%(num)s фото")),
        ("Untranslated %(size)s", ""),
    ],
    ids=["moved", "script", "tags", "plural", "empty"],
)
def test_right_translations_are_no_mistakes(
    script: SimpleNamespace, source: str | tuple[str, str], translated: str | tuple[str, ...]
) -> None:
    assert list(script.mistakes(message(source, translated))) == []


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Up to %(size)s", "Мало"),
        ("Up to %(size)s", "До %(sise)s"),
        ("Up to %(size)s", "До %(size)"),
        ("All", "100 %"),
        ("Words: {words}", "{слова}"),
        ('Go <a href="%(url)s">on</a>.', 'Дальше <a href="//example.org/%(url)s">сюда</a>.'),
        ("A photo", "<script>x</script>"),
        ("A photo", 'Фото "это"'),
        ("A photo", "Фото & текст"),
        ("A photo", "Фото "),
        (("%(num)s photo of %(all)s", "%(num)s photos of %(all)s"), ("a", "b", "c")),
    ],
    ids=["missing", "misspelt", "cut", "per cent", "script", "address", "tag", "quote", "ampersand", "space", "plural"],
)  # fmt: skip
def test_mistakes_are_told(
    script: SimpleNamespace, source: str | tuple[str, str], translated: str | tuple[str, ...]
) -> None:
    assert list(script.mistakes(message(source, translated)))


def test_what_was_translated_stays_and_what_is_gone_is_dropped(script: SimpleNamespace) -> None:
    template, before = Catalog(), script.read("ru")
    for known in list(before):
        if known.id:
            before.delete(known.id)
    template.add("Kept")
    template.add("New")
    before.add("Kept", "Осталось")
    before.add("Gone", "Ушло")
    before.update(template, no_fuzzy_matching=True)
    text = script.written(before)
    assert 'msgid "Kept"\nmsgstr "Осталось"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Ушло" not in text
    assert "POT-Creation-Date" not in text


def test_check_names_what_is_out_of_date(
    script: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.check({ROOT / "no such file": "x"})
    assert "no such file is out of date" in capsys.readouterr().out
