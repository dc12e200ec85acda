"""Courses and trainings: who teaches, learns, organizes and attends."""
