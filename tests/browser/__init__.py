"""Tests in a browser: a package, so that Playwright's event loop ends with the last of them."""
