"""From whom schools buy: what an LA knows of each supplier, under one name."""
