"""Notifications of editors: on the desk, by mail at once, by digest."""
