import re

import pytest

from intake.languages import direction
from intake.translations import interface
from intake.web import Transom
from intake.web.language import LOCALIZED
from tests.web.people import Contributor, receipt_of

PAGES = ("", "receipt", "safety")


@pytest.mark.parametrize("code", interface.INTERFACE)
@pytest.mark.parametrize("page", PAGES)
def test_the_path_chooses_the_language(app: Transom, code: str, page: str) -> None:
    found = app.test_client().get(f"/{interface.path(code)}/{page}", headers={"Accept-Language": "ru"})
    assert found.status_code == 200
    assert f'<html lang="{code}" dir="{direction(code)}">' in found.text


@pytest.mark.parametrize("path", ["/AR/receipt", "/Zh-Hans/"])
def test_capitals_in_the_path_are_understood(app: Transom, path: str) -> None:
    assert app.test_client().get(path).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_browser_chooses_the_language_of_a_path_without_one(app: Transom, page: str) -> None:
    found = app.test_client().get(f"/{page}", headers={"Accept-Language": "de, fa-IR;q=0.9, en;q=0.5"})
    assert '<html lang="fa" dir="rtl">' in found.text


@pytest.mark.parametrize("page", PAGES)
def test_links_and_forms_keep_the_language_of_the_path(app: Transom, page: str) -> None:
    text = app.test_client().get(f"/ug/{page}").text
    without_chooser = re.sub(r'<details class="languages">.*?</details>', "", text, flags=re.DOTALL)
    own = re.findall(r'(?:href|action)="(/[^"]*)"', without_chooser)
    assert [url for url in own if not url.startswith(("/ug/", "/static/"))] == []
    assert any(url.startswith("/ug/") for url in own)


def test_a_path_without_a_language_keeps_being_without_one(app: Transom) -> None:
    text = app.test_client().get("/", headers={"Accept-Language": "ar"}).text
    assert 'action="/drafts"' in text


def test_the_chooser_leads_to_this_page_in_each_language(app: Transom) -> None:
    text = app.test_client().get("/ar/receipt").text
    for code, name in interface.NAMES.items():
        assert f'href="/{interface.path(code)}/receipt" lang="{code}"' in text
        assert f">{name}</a>" in text
    assert text.count('aria-current="true"') == 1
    assert 'target="_blank"' not in text


def test_the_chooser_of_an_answer_to_a_form_keeps_what_was_typed(contributor: Contributor) -> None:
    text = contributor.client.post("/ar/receipt", data={"receipt": "x"}).text
    links = re.findall(r'<a class="languages__link"[^>]*>', text)
    assert len(links) == len(interface.INTERFACE)
    assert [link for link in links if 'target="_blank"' not in link] == []


@pytest.mark.parametrize("path", ["/fa/nothing", "/fa/desk/", "/fa/api/v1/openapi.json"])
def test_only_pages_of_contributors_have_a_path_with_a_language(app: Transom, path: str) -> None:
    found = app.test_client().get(path)
    assert found.status_code == 404
    assert '<html lang="fa" dir="rtl">' in found.text
    assert 'href="/fa/"' in found.text


@pytest.mark.parametrize("path", ["/desk/nothing", "/admin/nothing", "/login"])
def test_pages_of_the_newsroom_are_english(app: Transom, path: str) -> None:
    found = app.test_client().get(path, headers={"Accept-Language": "ar"})
    assert '<html lang="en" dir="ltr">' in found.text


def test_no_cookie_remembers_the_language(app: Transom) -> None:
    assert "Set-Cookie" not in app.test_client().get("/ar/").headers


def test_localized_views_have_both_paths(app: Transom) -> None:
    rules = list(app.url_map.iter_rules())
    assert {r.endpoint.partition(".")[0] for r in rules if "language" in r.arguments} == LOCALIZED
    own = [rule for rule in rules if rule.endpoint.startswith("contribute.")]
    assert len([rule for rule in own if "language" in rule.arguments]) * 2 == len(own)


def test_the_chooser_opens_a_receipt_in_another_language_beside_this_page(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    text = contributor.client.post("/ar/receipt", data={"receipt": receipt}).text
    chooser = text[text.index('<details class="languages">') : text.index("</details>")]
    assert 'target="_blank" rel="noopener"' in chooser
    assert f'name="receipt" value="{receipt}"' in chooser
    for code in interface.INTERFACE:
        assert f'formaction="/{interface.path(code)}/receipt" lang="{code}"' in chooser
    assert "href=" not in chooser
