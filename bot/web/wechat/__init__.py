"""Questions from a WeChat official account and from WeCom."""
