"""Questions asked of many runs: a design, its runs, and an analysis that only reads, apart."""
