from pathlib import Path

import pytest
from playwright.sync_api import Page

from intake.publishing.zip_pages import markdown
from intake.publishing.zip_pages import page as rendered
from tests.photos.made import encoded, scene
from tests.publishing.submissions import accepted, image

WORDS = {"caption": 'The "door" <b> & more', "credit": "A. <N.>", "alt": "A broken 'door' \"here\" <x>"}


def test_titles_are_text_and_never_markup() -> None:
    submission = accepted(title="<script>*Ice* & {fire} # 1</script>", language='"><script>')
    assert "<script>" not in rendered(submission)
    assert '<h1 dir="auto">&lt;script&gt;*Ice* &amp; {fire} # 1&lt;/script&gt;</h1>' in rendered(submission)
    title, _, body = markdown(submission).partition("\n\n")
    assert title == r"# \<script>\*Ice\* & {fire} # 1\</script>"
    assert body == "It broke.\n"


def test_photos_stand_at_the_end_with_their_words() -> None:
    found = rendered(accepted(images=[image(1, **WORDS), image(2)]))
    assert (
        '<figure><img src="photos/01-1600.jpg" width="4" height="3" alt="A broken &#39;door&#39; &#34;here&#34; &lt;x&gt;">'
        "<figcaption><bdi>The &#34;door&#34; &lt;b&gt; &amp; more</bdi><br>"
        '<span class="credit"><bdi>A. &lt;N.&gt;</bdi></span></figcaption></figure>'
    ) in found
    assert '<img src="photos/02-1600.jpg" width="4" height="3" alt=""></figure>' in found


def test_markdown_has_the_name_and_the_photos() -> None:
    found = markdown(accepted(print_name="Ә. Н.", images=[image(1, **WORDS)]))
    assert found.startswith("# Ice\n\nӘ. Н.\n\nIt broke.\n\n![A broken 'door'")
    assert "(photos/01.jpg)" in found
    assert r'The "door" \<b> & more / A. \<N.>' in found


@pytest.mark.parametrize("language", ["kk", "ar"])
def test_the_page_opens_from_a_folder_and_asks_nobody(page: Page, tmp_path: Path, language: str) -> None:
    submission = accepted(language=language, title="النهر", images=[image(1, **WORDS, width=320, height=240)])
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/01-1600.jpg").write_bytes(encoded(scene(), "JPEG"))
    (tmp_path / "index.html").write_text(rendered(submission))
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on(
        "request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(f"file://{tmp_path}/index.html")
    assert page.evaluate("document.images[0].naturalWidth") == 320
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "672px"
    assert page.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
    assert faults == []


def test_each_block_of_a_page_has_the_direction_of_its_own_text(page: Page) -> None:
    body = (
        "<p>BBC گفت.</p><p>او آزاد شد.</p><ul><li>سلام</li><li>NATO</li></ul><blockquote><p>سلام</p></blockquote>"
        '<p dir="rtl">NATO گفت.</p><ol><li>One</li></ol><table><tbody><tr><td>سلام</td><td>1</td></tr></tbody></table>'
    )
    page.set_content(rendered(accepted(language="fa", html=body)))
    found = page.evaluate(
        "Array.from(document.querySelectorAll('main :is(p, ul, ol, li, blockquote, table, td)'),"
        " (block) => `${block.localName} ${getComputedStyle(block).direction}`)"
    )
    assert found == [
        "p ltr", "p rtl", "ul rtl", "li rtl", "li ltr", "blockquote rtl", "p rtl", "p rtl", "ol ltr", "li ltr",
        "table rtl", "td rtl", "td ltr",
    ]  # fmt: skip
