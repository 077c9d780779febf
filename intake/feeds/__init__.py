"""Accepted and published pieces for feed readers and for the program that fills a magazine's site."""

from intake.feeds.atom import atom
from intake.feeds.channel import Channel
from intake.feeds.json_feed import json_feed

__all__ = ["Channel", "atom", "json_feed"]
