"""Slack: signed requests in, Block Kit out. Everything Slack does its own way stays in here."""
