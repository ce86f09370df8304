"""Charts of the portal: described as values, drawn as SVG by a process of their own."""
