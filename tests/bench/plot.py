"""Bar chart of all cases as SVG, one block for each measure. It is simple enough to need no library."""

from collections.abc import Iterator, Sequence
from html import escape

from tests.bench.case import MEASURES
from tests.bench.figure import figure
from tests.bench.outcome import Outcome

WIDTH, LABELS, FIGURES = 720, 200, 80
LINE, HEAD, MARGIN = 26, 34, 16

# Fixed background colour, because the embedding page may be dark on a light system.
LIGHT = {"ground": "#ffffff", "words": "#222222", "bars": "#2f6690"}
DARK = {"ground": "#16181b", "words": "#e6e6e6", "bars": "#7fb2d9"}


def plot(title: str, outcomes: Sequence[Outcome]) -> str:
    """SVG of all cases with figures. `title` and all figures are the text alternative."""
    shown = [outcome for outcome in outcomes if outcome.medians]
    height = 2 * MARGIN + len(MEASURES) * (HEAD + LINE * len(shown))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(" ".join(_said(key, shown) for key in MEASURES))}</desc>',
            f"<style>{_style()}</style>",
            '<rect class="ground" width="100%" height="100%" rx="6"/>',
            *(
                line
                for number, key in enumerate(MEASURES)
                for line in _block(key, MARGIN + number * (HEAD + LINE * len(shown)), shown)
            ),
            "</svg>\n",
        ]
    )


def _block(key: str, top: int, shown: Sequence[Outcome]) -> Iterator[str]:
    """Bars of one measure. The longest fills the space between names and figures."""
    most = max((outcome.medians[key] for outcome in shown), default=0)
    room = WIDTH - LABELS - FIGURES - 2 * MARGIN
    yield f'<text class="head" x="{MARGIN}" y="{top + 20}">{MEASURES[key]}</text>'
    for number, outcome in enumerate(shown):
        value, y = outcome.medians[key], top + HEAD + LINE * number
        length = room * value / most if most else 0
        yield f'<text x="{MARGIN}" y="{y + 14}">{escape(outcome.case.name)}</text>'
        yield f'<rect class="bar" x="{MARGIN + LABELS}" y="{y}" width="{length:.1f}" height="{LINE - 7}"/>'
        yield f'<text x="{MARGIN + LABELS + length + 8:.1f}" y="{y + 14}">{figure(value)}</text>'


def _said(key: str, shown: Sequence[Outcome]) -> str:
    return f"{MEASURES[key]}: {'; '.join(f'{o.case.name} {figure(o.medians[key])}' for o in shown)}."


def _style() -> str:
    return (
        f"text{{font:14px system-ui,sans-serif}}.head{{font-weight:600}}{_colours(LIGHT)}"
        f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    )


def _colours(of: dict[str, str]) -> str:
    return f".ground{{fill:{of['ground']}}}text{{fill:{of['words']}}}.bar{{fill:{of['bars']}}}"
