"""Settings, addresses, server, base page, stylesheet, command line."""
