"""What the bot does: use cases behind one door, pure rules beneath. No vendor, no SQL, no web, no clock."""
