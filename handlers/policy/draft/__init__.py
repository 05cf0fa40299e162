"""A policy that nobody has reviewed yet: rules drafted from its text, and careful answers from them."""
