"""The ground floor: state as rows, rules as small compiled functions over rows. Knows numpy, numba and math only."""
