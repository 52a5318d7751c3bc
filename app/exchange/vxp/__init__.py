"""The national document axis (VXP/VDXP): signing, client, packets."""
