"""Which words mean the same to us: one module a subject, plain data. Not here: what follows from a word."""
