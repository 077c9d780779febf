from collections.abc import Callable

import pytest

from intake.review.translations import ITSELF, NOT_THERE, SAME_LANGUAGE
from intake.web.forms.publication import NO_SOURCE
from tests.web.people import Newsroom


@pytest.fixture
def pair(submitted: Callable[..., str]) -> tuple[str, str]:
    """Addresses of a submission in English, and of one in Russian."""
    return submitted(title="The river", key="1"), submitted(title="Река", language="ru", key="2")


def test_each_page_links_to_the_other(editor: Newsroom, pair: tuple[str, str]) -> None:
    source, translation = pair
    number = source.rpartition("/")[2][:8]
    answer = editor.post(f"{translation}/source", source=number)
    assert answer.location == f"{translation}#translations"
    assert f'translations__link" href="{source}"' in editor.get(translation).text
    assert f'translations__link" href="{translation}"' in editor.get(source).text
    assert editor.post(f"{translation}/source/removals", **{"from": source.rpartition("/")[2]}).location == (
        f"{source}#translations"
    )
    assert f'translations__link" href="{source}"' not in editor.get(translation).text
    assert editor.post(f"{translation}/source/removals").status_code == 404


def test_a_translation_says_that_its_source_has_changed(editor: Newsroom, pair: tuple[str, str]) -> None:
    source, translation = pair
    editor.post(f"{translation}/source", source=f"http://localhost{source}")
    editor.post(f"{source}/revisions", title="Edited", body="<p>Edited.</p>", version="2")
    page = editor.get(translation).text
    said = "The source has changed since this translation was made (revision 2, you translated revision 1)."
    assert said in page
    comparison = f"{source}/compare?from=1&amp;to=2"
    assert f'href="{comparison}"' in page
    assert editor.get(comparison.replace("&amp;", "&")).status_code == 200
    assert editor.post(f"{translation}/source/renewals").status_code == 303
    assert said not in editor.get(translation).text


@pytest.mark.parametrize(("typed", "said"), [("", NO_SOURCE), ("nothing", NOT_THERE), ("itself", ITSELF)])
def test_what_cannot_be_linked_is_asked_for_again(
    editor: Newsroom, pair: tuple[str, str], typed: str, said: str
) -> None:
    translation = pair[1]
    answer = editor.post(f"{translation}/source", source=translation if typed == "itself" else typed)
    assert answer.status_code == 422
    assert str(said) in answer.text
    assert " open>" in answer.text


def test_a_translation_is_in_another_language(editor: Newsroom, submitted: Callable[..., str]) -> None:
    one, other = submitted(title="One", key="1"), submitted(title="Other", key="2")
    assert SAME_LANGUAGE in editor.post(f"{other}/source", source=one).text
