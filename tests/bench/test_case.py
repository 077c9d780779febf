import pytest

from tests.bench.case import Case
from tests.bench.standins import note


@pytest.mark.parametrize("how", [{}, {"argv": ("true",), "call": note}])
def test_a_case_is_a_program_or_a_function(how: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="lamp: either a program or a function"):
        Case("lamp", **how)  # type: ignore[arg-type]
