"""Priorities: the few strategic objectives of the company for a period; outcomes align to one."""
