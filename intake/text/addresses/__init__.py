"""Web addresses in links and in visible text: unwrap redirects, and drop parameters that identify a reader."""
