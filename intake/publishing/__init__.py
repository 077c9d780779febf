"""Accepted submissions for publication: publish, download, ZIP, JSON Feed, Atom."""
