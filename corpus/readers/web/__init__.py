"""Saved web pages -> articles."""
