"""`python -m mock_ngsp` is the command `mock-ngsp`."""

from mock_ngsp.main import main

main()
