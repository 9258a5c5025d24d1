"""What is left of the former finder of meetings: its resolver, which others ask until they ask the reference."""
