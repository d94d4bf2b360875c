#!/usr/bin/env bash
# Installs Debian packages, as root or where sudo asks for no password, and starts nothing that they bring:
#   bash tests/install.sh PACKAGE…
# Fails with 3, and says nothing, where it may not install.
set -uo pipefail

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

command -v apt-get > /dev/null && as_root true 2> /dev/null || exit 3
echo "Installing $*"

# Debian would start a cluster on port 5432, a pooler on 6432 and MariaDB on 3306; whoever needs a server starts his own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" > /dev/null
    as_root chmod +x "$policy"
    trap 'as_root rm -f "$policy"' EXIT
fi
cluster=/etc/postgresql-common/createcluster.conf
if [ ! -e "$cluster" ]; then
    as_root mkdir -p "${cluster%/*}"
    echo 'create_main_cluster = false' | as_root tee "$cluster" > /dev/null
fi

# A mirror of something else that does not answer is no reason to give up.
as_root apt-get -qq update < /dev/null
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Options::=--force-confold \
    install -y --no-install-recommends "$@" < /dev/null > /dev/null
