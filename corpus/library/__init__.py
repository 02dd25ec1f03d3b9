"""The folder of articles: files, catalogue, editing, checking."""
