"""Rules for single kinds of elements: quotations, formulas, form fields, numbers of lists and others."""
