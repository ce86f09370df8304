"""Keycloak as the issuer of tokens: its keys, and what each token must say."""
