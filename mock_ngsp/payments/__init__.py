"""The payment platform of the national portal, PhienBan 1.0.6, as openapi/payments.yaml says."""
