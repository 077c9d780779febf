"""A contributor's side: submit, screening, answers, receipt page, withdrawal, purge."""
