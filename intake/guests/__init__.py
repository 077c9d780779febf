"""Guests, such as a lawyer or a translator, who read one submission by a link: the links, and what guests see."""
