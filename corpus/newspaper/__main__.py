"""Divide a newspaper page: python -m corpus.newspaper PAGE FOLDER."""

from corpus.newspaper.page import main

if __name__ == "__main__":
    main()
