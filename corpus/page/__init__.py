"""The parts of reading one newspaper page; corpus/newspaper.py puts them together."""
