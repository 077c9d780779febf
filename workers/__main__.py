"""Entry point of `python -m workers relay` and `python -m workers scheduler`.

The commands `transom relay` and `transom scheduler` execute these.
"""

import sys
from importlib import import_module

from intake.logs import log_to_stderr

log_to_stderr()
import_module(f"workers.{sys.argv[1]}").main()
