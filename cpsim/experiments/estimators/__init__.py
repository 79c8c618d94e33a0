"""Estimators: arrays and frames in, numbers out; they know nothing of the model."""
