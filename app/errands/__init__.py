"""VIỆC GỬI DỊCH VỤ QUỐC GIA: what is placed with a national service, owed until it is there."""
