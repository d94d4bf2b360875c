#!/usr/bin/env bash
# Loads a PostgreSQL image made of Debian packages into the Docker engine, for machines that reach a Debian
# mirror but no image registry:   load.sh IMAGE
# Needs root, docker and mmdebstrap. The file system is kept in the cache folder, so only the first run makes it.
set -euo pipefail

image=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. /etc/os-release

make_file_system() {
    local sources
    # apt's own mirrors: whatever this machine installs from, the image does too.
    mapfile -t sources < <(apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' "Codename: $VERSION_CODENAME" 'Origin: Debian' | sort -u)
    if [ ${#sources[@]} -eq 0 ]; then
        echo "apt knows no Debian $VERSION_CODENAME mirror; run apt-get update on a Debian machine first" >&2
        return 1
    fi
    # unsafe-io, because a half-made file system is thrown away anyway. No cluster: the entry point makes its own.
    mmdebstrap --quiet --format=tar --variant=essential --include=postgresql \
        --dpkgopt=force-unsafe-io \
        --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --essential-hook='mkdir -p "$1/etc/postgresql-common"' \
        --essential-hook='echo create_main_cluster=false > "$1/etc/postgresql-common/createcluster.conf"' \
        --customize-hook='chroot "$1" sh -c "ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/"' \
        --customize-hook="install -m 755 '$here/entrypoint.sh' \"\$1/entrypoint.sh\"" \
        "$VERSION_CODENAME" "$1" "${sources[@]}"
}

recipe=$(cat "$here/entrypoint.sh" "${BASH_SOURCE[0]}" | sha256sum | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/migrationtasks
tarball=$cache/postgresql-$VERSION_CODENAME-$recipe.tar
if [ ! -e "$tarball" ]; then
    mkdir -p "$cache"
    rm -f "$cache"/postgresql-*
    make_file_system "$tarball.part"
    mv "$tarball.part" "$tarball"
fi

docker import --change 'ENTRYPOINT ["/entrypoint.sh"]' --change 'CMD ["postgres"]' --change 'EXPOSE 5432' \
    "$tarball" "$image"
