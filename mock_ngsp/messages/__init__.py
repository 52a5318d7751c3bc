"""Services that carry messages to people: SMS in four shapes, Zalo's ZNS, mail; one inbox."""
