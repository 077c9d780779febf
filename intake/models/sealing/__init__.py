"""Words of models that are stored sealed, and the keys that open them."""
