#!/bin/sh
# Runs once, when the database is made: the role that the service connects as. The migrations grant it what it may.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$SERVICE_PASSWORD" <<'SQL'
create role career_conversations_service login password :'password';
SQL
