"""Which tests drive the whole product."""

WHOLE_PRODUCT = (
    "tests/browser/",
    "tests/journeys/",
    "tests/faults/",
    "tests/security/test_contract_fuzz.py",
)
"""Whose tests may ask for the `stack`; each of them stays on one worker."""
