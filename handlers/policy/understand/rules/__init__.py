"""Which turns of phrase show which fact: one module a family of facts, plain data. Not here: how a phrase is matched."""
