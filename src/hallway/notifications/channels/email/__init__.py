"""Notifications, return mails and security mails, handed to the operator's mail server."""
