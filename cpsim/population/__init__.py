"""Scenario + seed -> rows: everybody a run will ever meet, drawn before its first day."""
