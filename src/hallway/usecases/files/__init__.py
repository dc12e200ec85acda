"""Files of messages: uploaded, checked, sent, given to who sees their message, and removed."""
