"""What people type about money; each form's `told()` is what its action takes."""
