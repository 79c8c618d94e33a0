"""What a run leaves behind: arrays in memory, tidy frames on request, a folder on disk."""
