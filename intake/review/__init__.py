"""A submission as the desk reads and edits it: page, timeline, revisions, drafts."""
