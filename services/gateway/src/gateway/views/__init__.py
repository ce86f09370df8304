"""How people set the portal's tables: what each last looked at, and saved views."""
