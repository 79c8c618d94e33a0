"""The parts of a virtual trial: its teams, their lives, what is read from them, what is told."""
