"""Block markup in the ZIP, validated by WordPress's own code.

The packages of WordPress come from the network, unless TRANSOM_TEST_WORDPRESS names a folder with their node_modules.
"""

import json
import os
import shutil
import subprocess
import uuid
from datetime import date
from pathlib import Path

import pytest

from intake.publishing.accepted import Accepted
from intake.publishing.wordpress import upload_file, upload_name, uploads_folder, wordpress
from intake.text import clean_body
from intake.text.html import placements
from tests.publishing.submissions import accepted, image

PACKAGES = {
    "@wordpress/block-library": "11.1.0",
    "@wordpress/block-serialization-default-parser": "5.56.0",
    "@wordpress/blocks": "16.1.0",
    "jsdom": "26.1.0",
}
# Versions that the packages above name may not be published. With two copies of one package, blocks are saved wrongly.
OVERRIDES = {
    "@wordpress/interactivity-router": "2.55.0",
    "@wordpress/latex-to-mathml": "1.23.0",
    "@wordpress/patterns": "2.55.0",
    "@wordpress/server-side-render": "6.31.0",
    "@wordpress/wordcount": "4.55.0",
}
UPLOADS = "/wp-content/uploads/2026/11/"
SCRIPT = Path(__file__).with_name("wordpress_blocks.mjs")
SECOND = placements.mark(uuid.UUID(int=2))
GONE = placements.mark(uuid.UUID(int=9))
PARTS = {
    "marks": "<p>a <strong>b <em>c</em></strong><u>d</u><s>e</s> <code>f</code> H<sub>2</sub>O<br>g &lt;h&gt; &amp;amp;</p>",
    "headings": '<h2>a</h2><h3>b &amp; c</h3><h4 dir="rtl">d <em>e</em></h4><hr>',
    "links": '<p><a href="https://a.example/?x=1&amp;y=%27">a <strong>b</strong></a> <a href="mailto:a@b.example">c</a></p>',
    "lists": '<ul><li>a<ul><li>b</li><li><p>c</p><p>d</p></li></ul></li></ul><ol start="3"><li>e</li></ol>',
    "numbers": (
        '<ol start="0" type="a"><li>a</li></ol><p>b</p><ol reversed="reversed" start="9" type="I"><li>c</li></ol>'
        '<p>d</p><ol><li value="7">e</li></ol>'
    ),
    "lists with other blocks": "<ul><li><h3>y</h3>z</li><li>a<pre>b</pre></li></ul><ul><li><ul><li>x</li></ul>w</li></ul>",
    "quotations": "<blockquote><p>a</p><blockquote><p>b</p></blockquote><ul><li>c</li></ul></blockquote>",
    "tables": (
        '<table><thead><tr><th colspan="2">a</th></tr></thead><tbody><tr><td>b</td><td rowspan="2"><p>c</p><p>d</p></td></tr>'
        "<tr><td></td></tr></tbody></table><table><tbody><tr><td>e<ul><li>f</li></ul></td><td>g</td></tr></tbody></table>"
    ),
    "verse and code": "<pre>a\n    b\n\n  <em>c</em></pre><pre><code>if x &lt; y:\n\tz()</code></pre>",
    "directions": (
        '<p dir="rtl">BBC</p><p>منذ أن</p><blockquote dir="rtl"><p dir="rtl">a</p></blockquote><h2>ب</h2>'
        '<ul dir="rtl"><li dir="rtl">c<ul dir="rtl"><li dir="rtl">d</li></ul></li></ul><ol><li>د</li></ol>'
        '<table dir="rtl"><tbody><tr><td dir="rtl">e</td></tr></tbody></table>'
    ),
    "notes": (
        '<p>Seen.<a href="#note-1" id="ref-1"><sup>1</sup></a></p>'
        '<ol><li id="note-1">By two people. <a href="#ref-1">↩</a></li></ol>'
    ),
}  # fmt: skip


def whole(language: str = "kk") -> Accepted:
    """Submission with every element that a text may have, one placed photo, and two others."""
    html = "<hr>".join(
        [*(part for name, part in PARTS.items() if name != "notes"), SECOND, GONE, PARTS["notes"]]
    )
    photos = [
        image(1, caption="One & <two>", credit="A. N.", alt='a "b" <c>'),
        image(2, caption="Two -- or three", alt="Door"),
        image(3, caption="النهر"),
    ]
    return accepted(html=html, images=photos, language=language)


def test_the_parts_are_texts_as_cleaning_leaves_them() -> None:
    for part in PARTS.values():
        assert clean_body(part, format="html").html == part


def test_each_block_has_its_comments_and_photos_their_places() -> None:
    first, second = image(1), image(2, alt='"x"', caption="<y>", credit="Z")
    submission = accepted(html=f"<h3>a</h3><p>b</p>{SECOND}<p>c</p>{GONE}", images=[first, second])
    assert wordpress(submission, UPLOADS) == (
        '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">a</h3>\n<!-- /wp:heading -->\n\n'
        "<!-- wp:paragraph -->\n<p>b</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:image {"sizeSlug":"full","linkDestination":"none"} -->\n'
        f'<figure class="wp-block-image size-full"><img src="{UPLOADS}{upload_name(second)}" alt="&quot;x&quot;"/>'
        '<figcaption class="wp-element-caption">&lt;y&gt;<br>Z</figcaption></figure>\n<!-- /wp:image -->\n\n'
        "<!-- wp:paragraph -->\n<p>c</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:image {"sizeSlug":"full","linkDestination":"none"} -->\n'
        f'<figure class="wp-block-image size-full"><img src="{UPLOADS}{upload_name(first)}" alt=""/></figure>\n<!-- /wp:image -->\n'
    )


def test_captions_cannot_end_a_block() -> None:
    words = "--> <!-- /wp:image --><script>"
    found = wordpress(accepted(html="", images=[image(1, caption=words, credit=words, alt=words)]), UPLOADS)
    assert found.count("<!--") == 2
    assert "<script>" not in found


def test_footnotes_stay_links_within_the_page() -> None:
    found = wordpress(accepted(html=PARTS["notes"]), UPLOADS)
    assert '<a href="#note-1" id="ref-1"><sup>1</sup></a>' in found
    assert '<li><span id="note-1">By two people. <a href="#ref-1">↩\ufe0e</a></span></li>' in found


def test_headings_and_captions_get_the_direction_of_their_words() -> None:
    found = wordpress(
        accepted(html='<h3>ب</h3><h2 dir="ltr">c</h2>', images=[image(1, caption="النهر", credit="A. N.")]),
        UPLOADS,
    )
    assert (
        '<!-- wp:heading {"textAlign":"right","level":3} -->\n'
        '<h3 class="wp-block-heading has-text-align-right"><bdi dir="rtl">ب</bdi></h3>'
    ) in found
    assert '<h2 class="wp-block-heading"><bdi dir="ltr">c</bdi></h2>' in found
    assert '<bdi dir="rtl">النهر</bdi><br>A. N.</figcaption>' in found


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<ul><li>ب</li></ul>", '<ul dir="rtl" class="wp-block-list"><li>ب</li></ul>'),
        ('<ol dir="rtl"><li>1</li></ol>', '<ol dir="rtl" class="wp-block-list"><li>1</li></ol>'),
        (
            "<table><tbody><tr><td>ب</td></tr></tbody></table>",
            '<table dir="rtl"><tbody><tr><td>ب</td></tr></tbody></table>',
        ),
    ],
)
def test_a_list_or_table_against_the_direction_of_the_site_is_html(html: str, written: str) -> None:
    against = wordpress(accepted(html=html, language="en"), UPLOADS)
    assert against == f"<!-- wp:html -->\n{written}\n<!-- /wp:html -->\n"
    along = wordpress(accepted(html=html, language="ar"), UPLOADS)
    assert along.startswith(("<!-- wp:list", "<!-- wp:table"))
    assert "wp:html" not in along


def test_the_name_of_a_photo_tells_no_id_and_changes_with_each_redaction() -> None:
    one = image(3, id=uuid.UUID("1a2b3c4d-0000-4000-8000-000000000000"))
    name = upload_name(one)
    assert upload_file(one) == f"wordpress/{name}"
    assert name.startswith("03-")
    assert name.endswith(".jpg")
    assert "1a2b3c4d" not in name
    assert upload_name(image(3, id=one.id, caption="x")) == name
    others = [image(3, id=one.id, generation=1), image(3)]
    assert len({name, *map(upload_name, others)}) == 3


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [
        ("/wp-content/uploads/{year}/{month}/", "/wp-content/uploads/2026/03/"),
        ("https://a.example/files/{year}", "https://a.example/files/2026/"),
        ("/files", "/files/"),
    ],
)
def test_the_folder_of_uploads_is_that_of_the_month(pattern: str, folder: str) -> None:
    assert uploads_folder(pattern, date(2026, 3, 9)) == folder


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the node_modules of WordPress's packages."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("the validation of blocks needs node and npm")
    if kept := os.environ.get("TRANSOM_TEST_WORDPRESS"):
        return Path(kept)
    folder = tmp_path_factory.mktemp("wordpress")
    (folder / "package.json").write_text(
        json.dumps({"private": True, "dependencies": PACKAGES, "overrides": OVERRIDES})
    )
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        pytest.skip(f"npm could not fetch WordPress's packages: {done.stderr.strip()[-200:]}")
    return folder


def validated(modules: Path, markup: str) -> list[dict[str, object]]:
    """Blocks that WordPress reads: {"name", "isValid", "issues"}, inner ones too."""
    done = subprocess.run(
        ["node", str(SCRIPT)],
        cwd=modules,
        input=markup,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_wordpress_finds_no_unexpected_content(modules: Path) -> None:
    broken = '<!-- wp:heading -->\n<h3 class="wp-block-heading">a</h3>\n<!-- /wp:heading -->\n\n'
    found = validated(modules, broken + wordpress(whole(), UPLOADS) + wordpress(whole("ar"), UPLOADS))
    # The broken block is reported as invalid. This shows that the validation works.
    assert found.pop(0)["isValid"] is False
    assert [one for one in found if not one["isValid"]] == []
    names = {one["name"] for one in found}
    assert names == {
        *(
            f"core/{name}"
            for name in ("paragraph", "heading", "list", "list-item", "quote", "table", "verse", "code")
        ),
        *(f"core/{name}" for name in ("image", "separator", "html")),
    }
    assert [one["name"] for one in found].count("core/image") == 6
