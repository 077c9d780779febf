"""WTForms classes of the pages. The APIs use their limits and checks too."""
