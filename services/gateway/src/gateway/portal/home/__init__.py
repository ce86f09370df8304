"""The pages one starts from: welcome, home, one school, statements."""
