import pytest

from intake.text.html.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ("<p>a <q>b</q></p>", "<p>a “b”</p>"),
        ("<q>a <q>b <q>c</q></q></q>", "<p>“a ‘b “c”’”</p>"),
        ('<html lang="fr"><p><q>a <q>b</q></q></p>', "<p>«a “b”»</p>"),
        ("<body lang=DE-DE><p><q>a</q></p>", "<p>„a“</p>"),
        ('<p lang="ru">a <span lang="en"><q>b</q></span> <q>c</q></p>', "<p>a “b” «c»</p>"),
        ('<p lang="kk"><q>a</q></p><p lang="zh_Hant_TW"><q>b</q></p>', "<p>«a»</p><p>「b」</p>"),
        ('<p lang="zh-CN"><q>a</q></p><p lang="tlh"><q>b</q></p>', "<p>“a”</p><p>“b”</p>"),
        ("<q>“a”</q> <q>a “b”</q>", "<p>“a” “a “b””</p>"),
        ("<p>a<q></q><q> </q>b</p>", "<p>a b</p>"),
        ("<q><p>a</p><p>b</p></q>", "<p>“a</p><p>b”</p>"),
        ("<p><q><b>a</b></q></p>", "<p>“<strong>a</strong>”</p>"),
    ],
)
def test_a_quotation_has_the_marks_of_its_language(raw: str, html: str) -> None:
    assert clean(raw).html == html
    assert clean(html).html == html
