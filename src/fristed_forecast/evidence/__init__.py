"""Every number the forecast uses, with source, family of its doubt and what hangs on it."""
