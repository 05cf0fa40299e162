# What `hallpass serve` needs beside Microsoft's Agents Playground, which sends no tokens. For this machine only.
export DATABASE_URL=sqlite:///playground.db HALLPASS_DISTRICT=west-st-francois-r4 HALLPASS_SECRET_KEY=playground PORT=3978
export TEAMS_APP_ID=00000000-0000-0000-0000-000000000011 TEAMS_TENANT_ID=0000000a-0000-4000-8000-000000000001 TEAMS_ANONYMOUS=1
