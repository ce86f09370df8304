"""What an attachment is, and which files may be one."""
