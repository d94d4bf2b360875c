#!/usr/bin/env bash
# Measures MigrationTasks against its peers, all in the same run, on the same server and the same migrations:
#   bash tests/benchmark.sh [--quick] [--case NAME]… [--tool NAME]…
#
# What is missing is installed: PostgreSQL, sqlite3, MariaDB, sqitch and Node.js where that takes no password (Debian, Ubuntu), the
# peers of npm, and DbUp for MySQL, into artifacts/. A peer that cannot be had is said so in the table. Prints the table and writes artifacts/benchmarks.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has() { command -v "$1" > /dev/null; }

provide_programs() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || has initdb || missing+=(postgresql)
    has psql || missing+=(postgresql-client)
    has sqlite3 || missing+=(sqlite3)
    has mariadbd || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
    has mariadb || missing+=(mariadb-client)
    has sqitch || missing+=(sqitch)
    has node || missing+=(nodejs)
    has npm || missing+=(npm)
    [ ${#missing[@]} -eq 0 ] || bash tests/install.sh "${missing[@]}" || echo "Not installed: ${missing[*]}" >&2
}

provide_peers() {
    export BENCHMARK_PEERS=$PWD/artifacts/benchmark-peers
    mkdir -p "$BENCHMARK_PEERS"
    cp tests/MigrationTasks.Benchmarks/Peers/* "$BENCHMARK_PEERS"
    [ -e "$BENCHMARK_PEERS/dbup-mysql/dbup-mysql.dll" ] ||
        dotnet publish "$BENCHMARK_PEERS/dbup-mysql.csproj" -o "$BENCHMARK_PEERS/dbup-mysql" -nologo -v q > /dev/null ||
        echo "The package registry has no DbUp for MySQL." >&2
    has npm || return 0
    (cd "$BENCHMARK_PEERS" && npm install --no-package-lock --no-audit --no-fund --loglevel=error) ||
        echo "npm could not install the peers." >&2
}

provide_programs
provide_peers

# Compiled ahead, as the package is; the other .NET libraries are, too.
runtime=$(dotnet msbuild tests/MigrationTasks.Benchmarks -getProperty:NETCoreSdkRuntimeIdentifier)
dotnet publish tests/MigrationTasks.Benchmarks -c Release -r "$runtime" --self-contained false -p:PublishReadyToRun=true -o artifacts/benchmarks -nologo -v q
artifacts/benchmarks/MigrationTasks.Benchmarks --output "$PWD/artifacts/benchmarks.md" "$@"
