"""Publication of accepted submissions: mark as published, download as ZIP, JSON Feed, Atom feed."""
