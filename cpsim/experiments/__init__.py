"""Experiments: many runs, one question each."""
