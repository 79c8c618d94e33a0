"""Pure arithmetic: arrays in, numbers out; nothing here knows the model."""
