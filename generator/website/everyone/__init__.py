"""Everyone: what pages say of all departments together, and of codes, projects and terms."""
