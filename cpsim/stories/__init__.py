"""Watching one person, or one practitioner's day, in one simulated future; in plain words.

A pure observer: the model's own functions are called part by part, rows are compared before and after each part, and
what changed is put into words. No rule is changed and no draw is made, so the future told is the engine's, to the bit.
"""
