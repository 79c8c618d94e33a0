"""Estimators: arrays in, tables out; none of them knows the model."""
