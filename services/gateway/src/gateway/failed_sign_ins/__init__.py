"""Attempts to sign in that Keycloak turned away, brought into the record."""
