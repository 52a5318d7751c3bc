"""TRA CỨU CSDL QUỐC GIA: questions to the shared national services, who asked them and why."""
