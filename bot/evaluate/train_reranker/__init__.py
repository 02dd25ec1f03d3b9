"""Training of the bundled re-ranker."""
