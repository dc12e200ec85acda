"""Import users, departments, courses, enrolments and experts from files."""
