"""Pulling the record: proofs, exports and keys, behind `hallpass records`. Not here: what is recorded."""
