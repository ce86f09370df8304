"""The pages on which an LA's manager brings the national register in."""
