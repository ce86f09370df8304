"""Every test may ask for the real parts that the chassis' plugin starts."""

pytest_plugins = ["chassis.testing"]
