"""A knowledge graph of strategic alignment for public bodies."""
