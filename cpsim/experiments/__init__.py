"""Questions asked of many runs: one question, one file."""
