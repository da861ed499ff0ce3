"""How a home stands: the facts by which reads show it and actions judge it; below both."""
