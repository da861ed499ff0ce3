"""`python -m bandeng_witness`."""

from bandeng_witness.cli import main

raise SystemExit(main())
