"""Tests: sentences about people, in folders named as the code they are about."""
