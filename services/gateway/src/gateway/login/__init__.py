"""Signing in at Keycloak and out again: the gateway is the browser's backend."""
