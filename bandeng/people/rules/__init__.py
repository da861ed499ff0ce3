"""What numbers must look like, and how little of a person is shown by default."""
