"""H5P packages: read, checked, kept, played in a sandbox, their results stored and graded again."""
