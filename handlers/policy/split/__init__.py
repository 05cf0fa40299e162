"""A district's text of any numbering, divided into clauses that have an address and can be quoted alone. Not here: files, rules."""
