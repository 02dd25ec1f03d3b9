"""One newspaper page as raw text -> its articles, and an account of every character."""
