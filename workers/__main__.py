"""`python -m workers relay` or `scheduler`, which `transom relay` and `transom scheduler` execute."""

import sys
from importlib import import_module

from intake.logs import log_to_stderr

log_to_stderr()
import_module(f"workers.{sys.argv[1]}").main()
