"""Everything that `transom up` runs on one machine: embedded servers, and the supervisor that keeps them in order."""
