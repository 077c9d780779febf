"""Attributes of models that are stored encrypted ("sealed"), and the keys that decrypt them."""
