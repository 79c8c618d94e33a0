"""Statistics that know nothing of the model: arrays in, numbers with intervals out."""
