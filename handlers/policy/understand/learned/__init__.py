"""The network as it was learned: its numbers, its pieces, what its scores mean. Built by `make model`, never by hand."""
