import pytest

from intake.text.html.styles import PLAIN, Style, read


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", PLAIN),
        ("color:red;;:", PLAIN),
        ("font-weight: bold", Style(adds=frozenset({"strong"}))),
        ("FONT-WEIGHT:700 !important", Style(adds=frozenset({"strong"}))),
        ("font-weight:normal", Style(drops=frozenset({"strong"}))),
        ("font-style:italic;text-decoration:underline line-through", Style(adds=frozenset({"em", "u", "s"}))),
        ("vertical-align:super", Style(adds=frozenset({"sup"}))),
        ("mso-list:Ignore", Style(marker=True)),
        ("margin:0;mso-list:l0 level2 lfo1", Style(level=2, list_id="l0 lfo1")),
        ("white-space: break-spaces", Style(space="pre-wrap")),
        ("white-space:pre;white-space:pre-wrap", Style(space="pre-wrap")),
        ("white-space: nowrap", Style(space="normal")),
        ("font-family: Symbol, serif", Style(font="symbol")),
        ("font-family: 'Segoe UI Symbol'", Style(font="-")),
        ("mso-tab-count:2 dotted", Style(tabs=2)),
        ("direction: RTL", Style(direction="rtl")),
        ("list-style: square", PLAIN),
        ("list-style-type: upper-latin", Style(numbering="A")),
    ],
)
def test_read(style: str, expected: Style) -> None:
    assert read(style) == expected
