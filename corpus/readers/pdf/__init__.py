"""PDF documents -> articles."""
