"""What lies before somebody who works on tickets: their day, and an LA's wallboard."""
