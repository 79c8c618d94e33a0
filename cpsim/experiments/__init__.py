"""Experiments: many runs, one question, one answer."""
