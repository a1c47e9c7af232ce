"""Drawing: specifications of charts, colours, and the workers that draw charts, cards and pages."""
