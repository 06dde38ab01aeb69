"""The working calendar of Vietnam's public offices."""
