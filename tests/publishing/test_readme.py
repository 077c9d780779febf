"""README in the ZIP, which leads through WordPress."""

from intake.publishing.readme import readme
from intake.publishing.wordpress import upload_name
from intake.text.html import placements
from tests.publishing.submissions import accepted, image

UPLOADS = "/wp-content/uploads/2026/11/"


def test_the_readme_names_each_step_and_what_is_left() -> None:
    photos = [image(1, alt='a "b" <c>'), image(2, alt="Door"), image(3)]
    note = '<p>a<a href="#note-1" id="ref-1">1</a></p><ol><li id="note-1">b <a href="#ref-1">↩</a></li></ol>'
    found = readme(accepted(html=placements.mark(photos[1].id) + note, images=photos), UPLOADS)
    words = " ".join(found.split())
    for expected in (
        "Drag all files of the folder wordpress into the window", "Open wordpress.txt by a double click",
        f"Choose {upload_name(photos[0])}. Fill in its Alternative Text, “a \"b\" <c>”.", "Set featured image",
        f"The text expects {UPLOADS}{upload_name(photos[0])} behind the name of your site.",
        "An alternative text, for people who cannot see, of photo 3.", f"{upload_name(photos[1])}: Door",
        "not footnotes of WordPress", "A place in the text for photo 1 and photo 3, now at the end.",
    ):  # fmt: skip
        assert expected in words, expected
    assert max(map(len, found.splitlines())) <= 78


def test_a_whole_address_of_uploads_is_named_as_it_is() -> None:
    one = image(1)
    words = " ".join(readme(accepted(images=[one]), "https://a.example/files/").split())
    assert f"The text expects https://a.example/files/{upload_name(one)}. If" in words


def test_the_readme_of_a_text_without_photos_speaks_of_none() -> None:
    found = readme(accepted(print_name="Ә. Н."), UPLOADS)
    assert "Name to print:  Ә. Н." in found
    for word in ("picture", "with its photos", "photos/", "featured", "Media", "folder wordpress", UPLOADS):
        assert word not in found, word
