"""`python -m workers relay` or `scheduler`: what `transom relay` and `transom scheduler` become."""

import sys
from importlib import import_module

from intake.logs import log_to_stderr

log_to_stderr()
import_module(f"workers.{sys.argv[1]}").main()
