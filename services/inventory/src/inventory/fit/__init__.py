"""Will it run? What software needs, held against what machines are made of."""
