"""The rehearsal: the same cards in a browser page on this machine, no tenant, made-up people. Only this folder serves pages."""
