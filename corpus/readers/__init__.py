"""One module a format -> articles; corpus/readers/formats.py chooses among them."""
