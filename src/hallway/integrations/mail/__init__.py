"""Mail: notices out through SMTP, answers in through LMTP, SMTP or a mailbox over IMAP."""
