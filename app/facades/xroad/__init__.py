"""Services as X-Road offers them: `/r1/…` of its protocol for REST, and what describes it."""
