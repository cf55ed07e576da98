"""Ground truth: tables, coordinate systems, boundaries, the walking network, checks."""
