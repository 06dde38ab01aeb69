"""The law as shipped: texts with their validity, kinds of inspection. An administrator goes on from there."""
