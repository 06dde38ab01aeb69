"""Pages under /inspections/."""
