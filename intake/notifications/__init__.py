"""Notifications of editors: on the desk, by mail, and by digest."""
