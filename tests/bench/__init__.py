"""Benchmarks: `script/bench NAME`.

A benchmark is a module here that declares its cases. See bench.py and case.py.
"""
