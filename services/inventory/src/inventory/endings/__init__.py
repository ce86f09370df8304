"""What runs out: cover, support and life of kit, and the contracts that end."""
