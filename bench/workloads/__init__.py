"""The work that is measured; each module runs in the load's own process, on a core that the server does not use."""
