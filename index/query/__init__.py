"""Rewriting of a question before it is searched for."""
