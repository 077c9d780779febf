"""People of the desk: invitations, tokens of programs, throttled log-in."""
