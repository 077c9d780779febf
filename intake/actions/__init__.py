"""What people and machines do to a submission: each action in the caller's transaction, none commits."""
