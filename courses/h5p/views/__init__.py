"""Pages and addresses of H5P: the frame's own, and those of authors and administrators."""
