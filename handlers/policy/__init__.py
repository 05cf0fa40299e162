"""A district's rules in, a verdict out: pure, no file, no clock, no network."""
