"""The engine: (Scenario, seed) -> RunResult, in threads over replications and teams."""
