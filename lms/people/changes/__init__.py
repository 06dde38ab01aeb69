"""Changes of the organisation by decree, planned without writing: merge, split, rename, move, abolish."""
