"""Pages of the targets: the board, the lists behind it, the period reports."""
