"""New applications: read strictly from text, without any data library, and turned into features."""
