"""Number format with three digits, so that noise does not look like precision."""


def figure(value: float | None) -> str:
    """`0.123`, `1.23`, `12.3`, `123`, `1,234`; a dash where there is none."""
    if value is None:
        return "–"
    for digits, below in ((3, 0.9995), (2, 9.995), (1, 99.95)):
        if abs(value) < below:
            return f"{value:.{digits}f}"
    return f"{value:,.0f}"
