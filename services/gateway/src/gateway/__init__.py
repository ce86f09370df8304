"""Gateway: sign-on, the proxy to the services, the directory and the portal."""
