"""Matrices of colour conversion: from primaries to CIE XYZ, and between white points."""

from collections.abc import Iterable

Matrix = tuple[tuple[float, float, float], ...]
"""Three rows of three numbers."""

Point = tuple[float, float]
"""Chromaticity x and y (CIE 1931)."""

_D50 = (0.9642, 1.0, 0.8249)
"""XYZ of the white that ICC profiles use (ICC.1:2022, 7.2.16)."""

_BRADFORD: Matrix = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
"""XYZ → cone responses (ICC.1:2022, annex E)."""

_HIGHEST = 4.0
"""Largest plausible XYZ of a primary. Imaginary primaries of camera spaces stay below 2."""


def multiply(one: Matrix, other: Matrix) -> Matrix:
    """Matrix product."""
    columns = tuple(zip(*other, strict=True))
    return tuple(
        _row(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in one
    )


def apply(matrix: Matrix, vector: tuple[float, float, float]) -> tuple[float, float, float]:
    """Product of a matrix and a column."""
    return _row(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def invert(m: Matrix) -> Matrix:
    """Inverse matrix. Raises ValueError if there is none."""
    (a, b, c), (d, e, f), (g, h, i) = m
    first, second, third = e * i - f * h, f * g - d * i, d * h - e * g
    whole = a * first + b * second + c * third
    if abs(whole) < 1e-9:
        raise ValueError("no inverse")
    rows = (
        (first, c * h - b * i, b * f - c * e),
        (second, a * i - c * g, c * d - a * f),
        (third, b * g - a * h, a * e - b * d),
    )
    return tuple(_row(value / whole for value in row) for row in rows)


def rgb_to_xyz(primaries: tuple[Point, Point, Point], white: Point) -> Matrix:
    """Matrix from linear RGB to XYZ (SMPTE RP 177). Raises ValueError if the points span no colour space."""
    columns = tuple(zip(*(_xyz(point) for point in primaries), strict=True))
    amounts = apply(invert(columns), _xyz(white))
    matrix = tuple(_row(a * b for a, b in zip(row, amounts, strict=True)) for row in columns)
    if any(abs(value) > _HIGHEST for row in matrix for value in row):
        raise ValueError("no plausible colour space")
    return matrix


def to_d50(matrix: Matrix, white: Point) -> Matrix:
    """Adapt a matrix to XYZ from `white` to D50, by Bradford's cone responses."""
    source, target = apply(_BRADFORD, _xyz(white)), apply(_BRADFORD, _D50)
    gains = tuple(b / a if a else 1.0 for a, b in zip(source, target, strict=True))
    scaled = tuple(_row(gain * value for value in row) for gain, row in zip(gains, _BRADFORD, strict=True))
    return multiply(multiply(invert(_BRADFORD), scaled), matrix)


def _xyz(point: Point) -> tuple[float, float, float]:
    x, y = point
    if y <= 0:
        raise ValueError("a colour without light")
    return x / y, 1.0, (1 - x - y) / y


def _row(values: Iterable[float]) -> tuple[float, float, float]:
    first, second, third = values
    return first, second, third
