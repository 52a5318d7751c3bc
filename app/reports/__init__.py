"""BÁO CÁO ĐỊNH KỲ: forms that units fill in, submit, and that are checked, summed, handed on."""
