"""The editor's desk at /desk: articles, and what is asked of them, without a shell."""
