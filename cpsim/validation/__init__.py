"""Held against what was found elsewhere: the register of patterns, and what plain runs say about each."""
