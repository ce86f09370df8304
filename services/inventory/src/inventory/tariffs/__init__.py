"""What electricity costs a school, from a day on."""
