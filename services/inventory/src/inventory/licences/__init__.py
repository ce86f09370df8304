"""Licences of software: who holds them, for how many devices, and until when."""
