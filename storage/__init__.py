"""The only package that knows SQL: tables, queries, one transaction; and the packs on disk. Not here: what a request means."""
