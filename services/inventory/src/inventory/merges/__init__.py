"""Which makes and models an LA says are one, until it undoes that."""
