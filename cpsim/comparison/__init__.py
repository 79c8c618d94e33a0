"""Two scenarios on the same people with the same luck: who is better off, who pays for it, and whether it pays back."""
