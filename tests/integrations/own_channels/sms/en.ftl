label = Text message
