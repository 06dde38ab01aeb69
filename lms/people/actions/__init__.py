"""What is done to people and agencies, logged; one file a subject."""
