"""Room: what lies at an address: brought here before a build, published there after it."""
