#!/usr/bin/env bash
# Lets fifty runs start at once, and kills runs at random moments:   bash tests/chaos.sh [--kills N] [--seed N] [--class NAME]
#
# --kills   how many moments for each database; 300 when omitted
# --seed    the first moment's seed; a random one when omitted. Every moment has a seed of its own, and a failure names
#           it: --kills 1 --seed N does that moment alone
# --class   one database: SqliteChaos, PostgreSqlChaos, PooledPostgreSqlChaos, MySqlChaos or MongoDbChaos; all when omitted
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export MIGRATIONTASKS_CHAOS_KILLS=300 MIGRATIONTASKS_CHAOS_PROCESSES=50
filter=.
while [ $# -gt 0 ]; do
    case $1 in
        --kills) export MIGRATIONTASKS_CHAOS_KILLS=${2:?} ;;
        --seed) export MIGRATIONTASKS_CHAOS_SEED=${2:?} ;;
        --class) filter=.${2:?} ;;
        *)
            sed -n '2,9s/^# \{0,1\}//p' "$0"
            exit 2
            ;;
    esac
    shift 2
done

# What one moment alone is asked for needs no fifty processes before it.
[ "$MIGRATIONTASKS_CHAOS_KILLS" -gt 1 ] || filter="$filter&FullyQualifiedName~killed"
dotnet test --project tests/MigrationTasks.Adapters.Tests --output Detailed --filter "FullyQualifiedName~Tests.Chaos&FullyQualifiedName~$filter"
