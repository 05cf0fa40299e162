"""The life of a request: pure values and moves, no storage, no clock."""
