def is_date_of_event(low, start, end): return False
def is_past(v, c): return False
