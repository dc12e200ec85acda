"""The store in dictionaries: the same contract as the databases, gone when the process ends."""
