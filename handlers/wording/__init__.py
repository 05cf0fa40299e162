"""Every sentence and every card a person reads: what happened and what to do. Not here: what is decided, or how it is drawn."""
