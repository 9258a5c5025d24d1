"""The text of an article before it is parsed: clean-up and language."""
