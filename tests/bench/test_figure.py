import pytest

from tests.bench.figure import figure


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "–"),
        (0, "0.000"),
        (0.0364, "0.036"),
        (0.99949, "0.999"),
        (0.9996, "1.00"),
        (9.994, "9.99"),
        (9.996, "10.0"),
        (99.96, "100"),
        (1234.5, "1,234"),
    ],
)
def test_three_figures_are_written(value: float | None, written: str) -> None:
    assert figure(value) == written
