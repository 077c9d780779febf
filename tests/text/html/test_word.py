from intake.text.html.cleaning import clean

ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp;</span></span><![endif]>{text}</p>"
)


def items(*rows: tuple[int, str, str]) -> str:
    return "\n".join(ITEM.format(level=level, marker=marker, text=text) for level, marker, text in rows)


def test_paragraphs_of_a_list_become_one() -> None:
    raw = items((1, "·", "a"), (2, "o", "b"), (1, "·", "c"))
    assert clean(raw).html == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_a_list_goes_on_after_a_paragraph() -> None:
    raw = items((1, "a.", "a"), (1, "b.", "b")) + "<p>x</p>" + items((1, "c.", "c"), (2, "1.", "d"))
    assert clean(raw).html == (
        '<ol type="a"><li>a</li><li>b</li></ol><p>x</p><ol start="3" type="a"><li>c<ol><li>d</li></ol></li></ol>'
    )


def test_a_list_that_begins_again_is_another_list() -> None:
    raw = items((1, "1.", "a"), (1, "2.", "b"), (1, "1.", "c"))
    assert clean(raw).html == "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>"


def test_usual_levels_of_word() -> None:
    raw = items(
        (1, "1.", "a"), (2, "a.", "b"), (3, "i.", "c"), (3, "ii.", "d"), (2, "b.", "e"), (1, "4.", "f")
    )
    assert clean(raw).html == (
        '<ol><li>a<ol><li>b<ol><li>c</li><li>d</li></ol></li><li>e</li></ol></li><li value="4">f</li></ol>'
    )


def test_a_marker_of_words_stays() -> None:
    raw = items((1, "Article 1.", "a"), (1, "б)", "b"))
    assert [line.split() for line in clean(raw).html.replace("\xa0", " ").split("</p><p>")] == [
        ["<p>Article", "1.", "a"],
        ["б)", "b</p>"],
    ]


def test_numbers_make_an_ordered_list() -> None:
    assert clean(items((1, "3.", "a"), (1, "4.", "b"))).html == '<ol start="3"><li>a</li><li>b</li></ol>'


def test_a_numbered_heading_keeps_its_number() -> None:
    raw = "<h1 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1. </span>a</h1>"
    assert clean(raw).html == "<h2>1. a</h2>"


def test_lists_of_word_online_are_joined() -> None:
    item = '<div class="ListContainerWrapper"><ul><li data-aria-level="{}"><p>{}<span class="EOP">&nbsp;</span></p></li></ul></div>'
    raw = item.format(1, "a") + item.format(2, "b") + item.format(1, "c")
    assert clean(raw).html == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_numbers_of_word_online() -> None:
    item = '<div class="ListContainerWrapper"><ol start="{}" style="list-style-type:{}"><li data-aria-level={} data-listid=1>{}</li></ol></div>'
    rows = (
        (1, "decimal", 1, "a"),
        (1, "lower-alpha", 2, "b"),
        (2, "decimal", 1, "c"),
        (1, "decimal", 1, "d"),
    )
    raw = "".join(item.format(*row) for row in rows)
    assert clean(raw).html == "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol><ol><li>d</li></ol>"


def test_headings() -> None:
    raw = (
        '<p role="heading" aria-level="1">a</p><p role="heading" aria-level="5">b</p><p class=MsoTitle>c</p>'
    )
    assert clean(raw).html == "<h2>a</h2><h4>b</h4><h2>c</h2>"


def test_office_elements_are_unwrapped() -> None:
    assert clean("<p>a<o:p></o:p> <o:p>b</o:p></p>").html == "<p>a b</p>"


def test_a_seventh_heading_is_a_heading() -> None:
    raw = "<p class=MsoHeading7 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1. </span>a</p>"
    assert clean(raw).html == "<h4>1. a</h4>"


def test_a_list_in_a_list_goes_beneath_the_item_before_it() -> None:
    raw = (
        items((1, "·", "a"))
        + "<ul><ul><li style='mso-list:l0 level2 lfo1'>b</li></ul></ul>"
        + items((1, "·", "c"))
    )
    assert clean(raw).html == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    assert (
        clean("<p>x</p><ul><ul><li>b</li></ul></ul>").html == "<p>x</p><ul><li><ul><li>b</li></ul></li></ul>"
    )
