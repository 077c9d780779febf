from tests.bench.case import Case

CASES: list[Case] = []
