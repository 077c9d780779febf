"""Tables around the publication of a submission: checklists, corrections, retractions, translations."""
