"""What kit costs to own: to buy, mend, feed and run."""
