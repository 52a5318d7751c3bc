"""Services as WSO2 API Manager offers them: `/{context}/{version}/{resource…}`, and its faults."""
