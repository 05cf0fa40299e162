"""The platforms, a folder each, and what they share: each turns its own events into the desk's and its cards into its own."""
