"""The web client's own code in the storms: its model, its stores, its line and its outbox, in one Node.js process."""
