"""WEBHOOK: other systems are told what happens, by calls that they can verify."""
