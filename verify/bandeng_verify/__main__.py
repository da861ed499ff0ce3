"""`python -m bandeng_verify`."""

from bandeng_verify.cli import main

raise SystemExit(main())
