"""Users and departments: who they are, who manages them, and who may see what of whom."""
