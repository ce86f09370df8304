"""Who is calling: a person with a session, or an API client with a bearer token."""
