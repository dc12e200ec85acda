"""What the product does: functions that load, ask the rules, change, record and announce."""
