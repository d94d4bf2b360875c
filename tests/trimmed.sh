#!/usr/bin/env bash
# Runs the contract tests on the drivers as the package carries them, without what nothing of ours can reach.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet pack src/MigrationTasks -c Release -o artifacts
dotnet build tests/MigrationTasks.Adapters.Tests
for driver in Npgsql MySqlConnector Microsoft.Data.Sqlite SQLitePCLRaw.core Microsoft.Extensions.Logging.Abstractions; do
    cp "src/MigrationTasks/obj/Release/ahead/trimmed/$driver.dll" tests/MigrationTasks.Adapters.Tests/bin/Debug/net10.0/
done
dotnet test --project tests/MigrationTasks.Adapters.Tests --no-build "$@"
