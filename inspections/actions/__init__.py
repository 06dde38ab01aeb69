"""Everything that is written, one verb at a time."""
