"""A district's document file becomes plain text, or one sentence that says why not. Nothing in the file is ever run."""
