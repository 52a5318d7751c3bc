"""What can be done with documents: one function per act, one transaction each."""
