"""The process: settings, wiring, loops, the command. Imports everything, imported by nothing."""
