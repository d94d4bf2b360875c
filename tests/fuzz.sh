#!/usr/bin/env bash
# Gives each parser random inputs, and measures how its time grows:   bash tests/fuzz.sh [--minutes N] [--class NAME] [--seed SEED]
#
# --minutes  how long each parser is given inputs; 1 when omitted
# --class    one parser: PostgreSqlSplitterFuzz, EnvFileFuzz, …; all when omitted
# --seed     the first input's seed, as a failure prints it
#
# An input that fails is written to artifacts/fuzz; moved to tests/MigrationTasks.Fuzzing.Tests/Corpus, every test run
# tries it. The last lines are a table of what a parser's time is multiplied by when the input doubles: at most 2.2.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=1 filter=Fuzz
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=${2:?} ;;
        --class) filter=.${2:?} ;;
        --seed) export CsCheck_Seed=${2:?} ;;
        *)
            sed -n '2,9s/^# \{0,1\}//p' "$0"
            exit 2
            ;;
    esac
    shift 2
done

export MIGRATIONTASKS_FUZZ_SECONDS=$((minutes * 60))
# Optimized code, as it is shipped; what is measured are multiples, not milliseconds.
nice dotnet test --project tests/MigrationTasks.Fuzzing.Tests -c Release --output Detailed --filter "FullyQualifiedName~$filter"
status=$?
cat artifacts/fuzz/growth.md
exit "$status"
