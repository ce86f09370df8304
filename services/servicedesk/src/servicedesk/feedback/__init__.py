"""What people think of how tickets went: who asked, and who worked on them."""
