"""LỊCH LÀM VIỆC: the days that offices work, which deadlines and duties are counted on."""
