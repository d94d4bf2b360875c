#!/usr/bin/env bash
# Records what a run calls, on each database, into src/MigrationTasks/startup.txt: what is in it is compiled ahead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

MIGRATIONTASKS_ACCEPT=true dotnet test --project tests/MigrationTasks.Package.Tests --filter FullyQualifiedName~StartupTests
git diff --stat -- src/MigrationTasks/startup.txt
