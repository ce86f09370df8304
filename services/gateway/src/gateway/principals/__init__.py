"""Who a principal is, and what they may do where: what every request asks first."""
