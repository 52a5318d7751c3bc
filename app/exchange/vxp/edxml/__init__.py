"""Reading and writing edXML packets (QCVN 102:2016)."""
