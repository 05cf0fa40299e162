"""Microsoft Teams: a platform. What botbuilder is needed for stands in gateway.py, auth.py, clouds.py and tokens.py, and nowhere else."""
