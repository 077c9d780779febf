import json

import pytest
from click.testing import CliRunner, Result

from intake.cli.text import text


def run(source: str | bytes, *arguments: str) -> Result:
    return CliRunner().invoke(text, ["clean", *arguments], input=source)


def test_filters_plain_text() -> None:
    assert run("a <b>\n\nc\n").output == "<p>a &lt;b&gt;</p><p>c</p>\n"


def test_filters_html() -> None:
    assert run("<b onclick=x>a</b>", "--format", "html").output == "<p><strong>a</strong></p>\n"


def test_json() -> None:
    result = json.loads(run("ab\u200bc", "--json").output)
    assert result == {
        "html": "<p>abc</p>", "text": "abc", "language": None, "words": 1, "characters": 3, "minutes": 1,
        "removed": {"zero-width": 1}, "flags": [], "fallback": False,
    }  # fmt: skip


def test_jsonl_reports_invalid_lines_and_continues() -> None:
    lines = [
        b'{"id": 1, "payload": "<p>a\\ud800</p>"}',
        b"not json",
        b'{"id": 2}',
        b"\xff",
        b"",
        b'{"id": "3", "payload": "b<script></script>"}',
    ]
    result = run(b"\n".join(lines), "--jsonl", "--format", "html")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": 1, "html": "<p>a</p>", "removed": {"invalid": 1}, "flags": [], "fallback": False},
        {"id": "3", "html": "<p>b</p>", "removed": {"script": 1}, "flags": [], "fallback": False},
    ]
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["line 2", "line 3", "line 4"]
    assert result.exit_code == 1


@pytest.mark.parametrize("arguments", [["--json", "--jsonl"], ["--format", "rtf"], ["--nonsense"]])
def test_bad_usage(arguments: list[str]) -> None:
    assert run("", *arguments).exit_code == 2


def test_help_ends_with_an_example() -> None:
    assert run("", "--help").output.rstrip().splitlines()[-1].strip().startswith("echo")


def test_json_has_the_language() -> None:
    told = run("Кеше қалада жұмысшылар наразылық шарасына шықты.", "--json").output
    assert json.loads(told)["language"] == "kk"


def test_filters_verse() -> None:
    assert run("a\n\n\n  b\n", "--format", "verse").output == "<pre>a\n\n\n  b</pre>\n"
