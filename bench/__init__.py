"""One file per benchmark, each beside its peer or its physical limit from the same run."""
