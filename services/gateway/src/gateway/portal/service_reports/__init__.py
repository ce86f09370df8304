"""The service of a school or an LA over a term: a page, and the same as a PDF."""
