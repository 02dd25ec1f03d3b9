"""The models that turn text into numbers: embedders and re-rankers."""
