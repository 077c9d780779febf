"""Text of contributors and editors is inert on every page that shows it."""

import html
import re
from typing import Any

import html5lib
import pytest

from intake.text import clean_line
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Contributor, Newsroom, receipt_of

# Each contains a marker, by which the test checks that the page shows the attack text at all.
ATTACKS = {
    "script": "<script>alert('MARK')</script>",
    "image": "<img src=x onerror=alert('MARK')>",
    "attribute": 'MARK" autofocus onfocus=alert(1) x="',
    "single quotes": "MARK' onmouseover='alert(1)",
    "template": "MARK {{191*700003}} {% raw %} {{ config }} ${191*700003} #{191*700003}",
    "comment": "--> MARK <style>@import 'https://evil.example'</style> <!-- MARK",
    "entity": "MARK &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "textarea": "MARK </textarea></title><svg/onload=alert(1)>",
    "link": "MARK javascript:alert(1) <a href=javascript:alert(1)>x</a>",
    "format": "MARK %s %(x)s {0} {x.__class__} {position}",
}
OURS = ("/", "#")
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data"})
NEVER = frozenset({"style", "iframe", "object", "embed", "base"})


def alive(page: str) -> list[str]:
    """Return everything foreign that a browser would run, load or follow, from the parsed page."""
    found = ["a template was rendered"] if "133700573" in page else []
    nodes: Any = html5lib.parse(page, namespaceHTMLElements=False).iter()
    for node in nodes:
        if not isinstance(node.tag, str):
            found += ["a comment"] * ("MARK" in (node.text or ""))
            continue
        tag = node.tag.rpartition("}")[2]
        if tag in NEVER or (tag == "script" and (node.text or "").strip()):
            found.append(tag)
        for name, value in node.attrib.items():
            leads_away = name in ADDRESSES and not value.startswith(OURS)
            if name.startswith("on") or name in {"style", "srcdoc"} or leads_away:
                found.append(f"{tag} {name}={value}")
    return found


@pytest.mark.parametrize(
    "attack", [name for name in ATTACKS if name not in {"entity", "format", "single quotes"}]
)
def test_the_search_finds_what_is_alive(attack: str) -> None:
    raw = ATTACKS[attack].replace("{{191*700003}}", "133700573")
    quoted = f'<title>{raw}</title><textarea>{raw}</textarea><input value="{raw}"><p>{raw}</p>'
    assert alive(quoted)
    assert not alive(f'<input value="{html.escape(raw)}"><p>{html.escape(raw)}</p>'.replace("133700573", ""))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_on_every_page(
    contributor: Contributor,
    editor: Newsroom,
    other_editor: Newsroom,
    chief: Newsroom,
    run_jobs: RunJobs,
    attack: str,
) -> None:
    words = {
        "title": attack,
        "body": attack,
        "print_name": attack,
        "contact": attack,
        "caption-1": attack,
        "credit-1": attack,
    }
    refused = contributor.send(**{**words, "consent": ""})
    sent = contributor.send(File("photo-1", JPEG, attack), File("photo-2", b"no", attack), **words)
    receipt = receipt_of(sent)
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    pages = {
        "the form": refused.text, "received": sent.text, "status": contributor.look(receipt).text,
        "a wrong receipt": contributor.look(attack).text, "queue": editor.get("/desk/").text,
        "piece": editor.get(url).text, "contact": chief.post(f"{url}/contact-views").text,
        "edit": editor.get(f"{url}/revisions/new").text,
        "edit refused": editor.post(f"{url}/revisions", version="2", title="", body=attack, note=attack).text,
        "reason refused": editor.post(f"{url}/decisions", version="2", verdict="x", message=attack).text,
    }  # fmt: skip
    assert (
        editor.post(
            f"{url}/revisions", version="2", title=attack, body=f"<p>{html.escape(attack)}</p>", note=attack
        ).status_code
        == 303
    )
    pages["stale edit"] = other_editor.post(
        f"{url}/revisions", version="2", title=attack, body=attack, note=attack
    ).text
    pages["stale decision"] = other_editor.post(
        f"{url}/decisions", version="2", verdict="reject", code="reject.late", message=attack
    ).text
    pages["revision"] = editor.get(f"{url}/revisions/2").text
    assert (
        editor.post(
            f"{url}/decisions", version="3", verdict="reject", code="reject.late", message=attack
        ).status_code
        == 303
    )
    pages["decided"] = editor.get(url).text
    pages["reason"] = contributor.look(receipt).text
    for name, page in pages.items():
        assert alive(page) == [], (name, alive(page))
        assert name == "received" or "MARK" in page, name
    for name in ("the form", "edit", "stale edit"):
        assert title(pages[name]) in {attack, clean_line(attack)}, name


def title(page: str) -> str:
    """Return the value of the title field."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    fields = ("input", "textarea")
    (field,) = [node for name in fields for node in tree.iter(name) if node.get("id") == "title"]
    return str(field.get("value") if field.tag == "input" else field.text)


def test_names_of_people(admin: Newsroom) -> None:
    for number, attack in enumerate(ATTACKS.values()):
        page = admin.post(
            "/admin/people", name=attack, email=f"{number}@transom.example", roles=["editor"]
        ).text
        assert alive(page) == []
        assert "MARK" in page
        welcome = re.search(r"/welcome/[^\s<]+", page)
        assert welcome
        assert alive(admin.get(welcome[0]).text) == []
    assert alive(admin.get("/admin/people").text) == []
