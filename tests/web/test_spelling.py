"""Forms disable spell check, suggestions and translation, by which browsers send typed text to their vendors."""

from html.parser import HTMLParser

import pytest

from tests.web.people import Contributor, Newsroom

NOT_WRITTEN = {
    "hidden",
    "file",
    "checkbox",
    "radio",
    "submit",
    "datetime-local",
    "password",
    "email",
    "search",
}


class Fields(HTMLParser):
    """Attributes of the body, and of each field in which people write."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.body: dict[str, str | None] = {}
        self.written: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record the attributes of the body and of text fields."""
        found = dict(attrs)
        if tag == "body":
            self.body = found
        elif tag == "textarea" or (tag == "input" and found.get("type", "text") not in NOT_WRITTEN):
            self.written.append(found)


@pytest.mark.parametrize("path", ["/", "/send", "/receipt"])
def test_nothing_reads_along_while_a_contributor_writes(contributor: Contributor, path: str) -> None:
    fields = Fields(contributor.client.get(path).text)
    assert (fields.body["spellcheck"], fields.body["writingsuggestions"]) == ("false", "false")
    assert fields.written
    for field in fields.written:
        assert (field.get("autocorrect"), field.get("translate")) == ("off", "no"), field


def test_editors_may_turn_the_spell_check_on(editor: Newsroom) -> None:
    assert Fields(editor.get("/desk/me").text).body["spellcheck"] == "false"
    editor.post("/desk/me", spelling="y", shortcuts="y")
    assert Fields(editor.get("/desk/me").text).body["spellcheck"] == "true"
    editor.post("/desk/me", shortcuts="y")
    assert Fields(editor.get("/desk/me").text).body["spellcheck"] == "false"
