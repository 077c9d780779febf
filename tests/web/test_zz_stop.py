import time
from functools import partial
from tests.together import at_once
from tests.web.test_serve import *
from tests.web.test_serve import served, opened_pages, hang_up
def test_none(served):
    b=time.perf_counter(); served.process.terminate(); served.process.wait(20); print("none", time.perf_counter()-b)
def test_some(served, opened_pages):
    for _ in range(3): opened_pages.listen()
    b=time.perf_counter(); served.process.terminate()
    at_once(*(partial(hang_up, l) for l in opened_pages.lines)); print("lines", time.perf_counter()-b)
    served.process.wait(20); print("some", time.perf_counter()-b)
