"""Accepted submissions as they leave: published, downloaded, ZIP, JSON Feed, Atom."""
