"""Speed as ratios inside one run: ours and a floor, in turns, medians. `python -m tests.bench`."""
