"""Forms, reports and sums as JSON and CSV."""
