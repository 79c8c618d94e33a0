"""Pages of studies: a file a question, `sections(found)` in their order."""
