"""The index behind the search: what is kept, and where."""
