"""Department: what the pages of one department and of its disclosures say."""
