"""Durable jobs: queue, claim, retry, set aside, and keep the installation from growing for ever."""
