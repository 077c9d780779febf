"""Suspicion: detect submissions that bots may have sent, and keep them in a lane of their own.

A suspicious submission is never refused or deleted. An editor decides, for one or for all at once.
"""
