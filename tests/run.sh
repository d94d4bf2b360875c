#!/usr/bin/env bash
# Runs every test:   bash tests/run.sh [arguments for dotnet test]
#
# Servers that the tests need and that are missing are installed where that takes no password (Debian, Ubuntu);
# nothing is started here, the tests start and stop their own. The last line reads "N passed, N failed, N skipped".
# Exits non-zero when the build or a test failed, when no test ran, and with CI=true when one was skipped for another reason
# than that there is no MongoDB: no package brings one, so that it is not to be had everywhere.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || command -v initdb > /dev/null; }
has_mariadb() { command -v mariadbd > /dev/null || [ -x /usr/sbin/mariadbd ]; }
has_galera() { compgen -G '/usr/lib*/galera*/libgalera_smm.so' > /dev/null && command -v rsync > /dev/null; }
has_pgbouncer() { command -v pgbouncer > /dev/null || [ -x /usr/sbin/pgbouncer ]; }
has_language() { locale -a 2> /dev/null | grep -qiE '^(de_DE|en_US)\.utf-?8$'; }
has_docker() { command -v docker > /dev/null && docker info > /dev/null 2>&1; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@" 2> /dev/null; fi; }

provide_servers() {
    local missing=()
    has_postgresql || missing+=(postgresql)
    has_pgbouncer || missing+=(pgbouncer)
    has_mariadb && command -v mariadb > /dev/null || missing+=(mariadb-server mariadb-client)
    has_galera || missing+=(galera-4 rsync)
    command -v npm > /dev/null || missing+=(npm)
    has_language || missing+=(locales)
    [ ${#missing[@]} -eq 0 ] || bash tests/install.sh "${missing[@]}"

    # A server that does not speak English needs a locale other than C; newer systems take C.UTF-8 for that one too.
    has_language || ! command -v localedef > /dev/null || as_root localedef -i de_DE -f UTF-8 de_DE.UTF-8 || true

    if ! has_postgresql; then
        if has_docker; then
            echo "PostgreSQL is not installed: tests use a container, and those that kill a server are skipped."
        elif [ -z "${MIGRATIONTASKS_TEST_POSTGRES:-}" ]; then
            echo "Neither PostgreSQL nor a Docker engine is here, and MIGRATIONTASKS_TEST_POSTGRES names no server:" \
                "tests of PostgreSQL and Supabase are skipped."
        fi
    elif ! has_docker; then
        echo "No Docker engine answers: tests use the PostgreSQL that is installed, and those of containers are skipped."
    fi
    if ! has_mariadb; then
        if [ -z "${MIGRATIONTASKS_TEST_MYSQL:-}${MIGRATIONTASKS_TEST_MYSQL_IMAGE:-}" ]; then
            echo "MariaDB is not installed, and MIGRATIONTASKS_TEST_MYSQL names no server: tests of MySQL and MariaDB are skipped."
        else
            echo "MariaDB is not installed: tests that kill such a server are skipped."
        fi
    fi
    has_galera || echo "Galera or rsync is not installed: tests of a MariaDB cluster are skipped."
    command -v npm > /dev/null || echo "npm is not installed: tests of databases that dbmate and node-pg-migrate migrated are skipped, and of scripts for mongosh."
    has_pgbouncer || echo "PgBouncer is not installed: tests through a transaction pooler are skipped."
}

# Adds up what each test project reported.
summarize() {
    local report line total passed=0 failed=0 skipped=0 without_mongodb=0
    local counters='<Counters total="([0-9]+)" executed="[0-9]+" passed="([0-9]+)" failed="([0-9]+)"'
    for report in "$1"/*.trx; do
        [ -e "$report" ] || continue
        while IFS= read -r line; do
            if [[ $line =~ $counters ]]; then
                total=${BASH_REMATCH[1]}
                passed=$((passed + BASH_REMATCH[2]))
                failed=$((failed + BASH_REMATCH[3]))
                skipped=$((skipped + total - BASH_REMATCH[2] - BASH_REMATCH[3]))
            fi
            # What Require.cs has such a test say, and no other.
            [[ $line == *'<Message>'*'No MongoDB for the tests: '* ]] && without_mongodb=$((without_mongodb + 1))
        done < "$report"
    done

    local status=$2
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        echo "The run broke off (exit code $status); the reason is above."
    elif [ $((passed + failed)) -eq 0 ]; then
        echo "No test ran."
        status=1
    elif [ "${CI:-}" = true ] && [ "$skipped" -gt "$without_mongodb" ]; then
        echo "CI=true: nothing may be skipped but the tests that need MongoDB, and $((skipped - without_mongodb)) others were."
        status=1
    elif [ "$failed" -gt 0 ]; then
        status=1
    fi
    [ "$without_mongodb" -eq 0 ] || echo "MongoDB: $without_mongodb tests skipped: no server can be had here. MIGRATIONTASKS_TEST_MONGODB names one, or MIGRATIONTASKS_TEST_MONGODB_IMAGE an image."
    echo "$passed passed, $failed failed, $skipped skipped"
    return "$status"
}

provide_servers
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# Exit code 8 is a project without a test to run: a filter leaves many of those.
dotnet test --results-directory "$results" --report-trx --ignore-exit-code 8 "$@"
summarize "$results" $?
