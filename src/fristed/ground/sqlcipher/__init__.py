"""Django's SQLite backend over an encrypted file."""
