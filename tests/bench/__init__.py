"""Measuring: `script/bench NAME`. A bench is a module here that declares its cases; see bench.py and case.py."""
