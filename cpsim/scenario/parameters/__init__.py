"""Measured numbers of the model: one file a rule file, under the same name."""
