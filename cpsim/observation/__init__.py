"""What a study sees of a run: people whom it recruits, interviews and loses, and answers, which are not states."""
