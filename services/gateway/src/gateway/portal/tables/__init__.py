"""Tables of the portal: one model of columns, sorts and filters, and their exports."""
