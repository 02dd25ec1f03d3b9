"""Where documents come from: files, folders, addresses."""
