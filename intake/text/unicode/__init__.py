"""Unicode rules: invisible characters, joiners, isolates, and the character tables behind them."""
