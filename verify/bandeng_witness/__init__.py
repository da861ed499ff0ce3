"""A witness of the log: signs a checkpoint only when the log has grown and nothing else."""
