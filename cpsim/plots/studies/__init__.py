"""Pictures of studies: a file a question, `pictures(found)` in the order of its page."""
