"""What the benchmarks are made of: loads, and peers in environments of their own."""
