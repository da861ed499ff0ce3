"""Pages about money: accounts, orders and their approval, advances."""
