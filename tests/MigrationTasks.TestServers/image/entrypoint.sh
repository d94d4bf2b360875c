#!/bin/sh
# Starts PostgreSQL the way the official image does: POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB name the
# superuser and the first database, and arguments that begin with a dash go to the server.
set -eu

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
data=/var/lib/postgresql/data

# The server refuses to run as root.
as_postgres() {
    setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
}

case ${1:-postgres} in
    -* | postgres) ;;
    *) exec "$@" ;;
esac
[ "${1:-}" != postgres ] || shift

install -d -o postgres -g postgres -m 700 "$data"
if [ ! -e "$data/PG_VERSION" ]; then
    install -o postgres -m 600 /dev/null /tmp/password
    printf '%s\n' "${POSTGRES_PASSWORD:?a password is needed}" > /tmp/password
    as_postgres initdb --pgdata="$data" --username="$user" --pwfile=/tmp/password --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C --no-sync
    rm /tmp/password
    echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
    # Single-user mode: nobody can connect before the database is there.
    if [ "$database" != postgres ]; then
        echo "CREATE DATABASE \"$database\"" | as_postgres postgres --single -D "$data" postgres > /dev/null
    fi
fi

exec setpriv --reuid=postgres --regid=postgres --init-groups -- \
    postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
