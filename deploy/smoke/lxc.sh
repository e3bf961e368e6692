#!/bin/bash
# The real lxc client against a Berth of its own: over the socket, and over TLS as a remote trusted by token.
# Needs lxc, xz and tar. Leaves nothing behind. Usage: [BERTH_SMOKE_PORT=18443] deploy/smoke/lxc.sh
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
data=$scratch/data
port=${BERTH_SMOKE_PORT:-18443}
unset BERTH_SMOKE_PORT # the service would take it for a setting
service=

finish() {
    [ -z "$service" ] || { kill "$service" && wait "$service" || true; }
    rm -rf "$scratch"
}
trap finish EXIT

step() { echo "== $*"; }

ready() {
    for _ in $(seq 600); do
        grep -q '^berth is ready' "$scratch/out" 2>/dev/null && return
        kill -0 "$service" 2>/dev/null || break
        sleep 0.1
    done
    cat "$scratch/out" "$scratch/log" >&2
    exit 1
}

start() {
    : >"$scratch/out"
    "$here/berth" serve --data "$data" --listen "127.0.0.1:$port" --management off >"$scratch/out" 2>>"$scratch/log" &
    service=$!
    ready
}

image() {
    local folder=$scratch/image
    mkdir -p "$folder/rootfs/bin" "$folder/templates"
    printf '#!/bin/sh\necho smoke\n' >"$folder/rootfs/bin/sh"
    cat >"$folder/metadata.yaml" <<EOF
architecture: x86_64
creation_date: 1700000000
properties:
  os: Smoke
  release: "3.10"
  description: Berth smoke image
EOF
    tar -C "$folder" -cJf "$scratch/smoke.tar.xz" metadata.yaml templates rootfs
}

local_lxc() { LXD_DIR=$data lxc "$@"; }
remote_lxc() { lxc "$@"; }

export LXD_CONF=$scratch/lxc
mkdir -p "$LXD_CONF"
image
start

step "over the socket: import, list, export, compare, delete"
local_lxc image import "$scratch/smoke.tar.xz" --alias smoke
local_lxc image list
local_lxc image export smoke "$scratch/local"
cmp "$scratch/smoke.tar.xz" "$scratch"/local*
local_lxc image delete smoke

step "over TLS: trust by token, import, list, restart, export, compare, delete"
remote_lxc remote add berth "$("$here/berth" token smoke-client --data "$data" | tail -n 1)"
remote_lxc image import "$scratch/smoke.tar.xz" berth: --alias smoke
kill "$service"
wait "$service" || true
start
remote_lxc image list berth:
remote_lxc image export berth:smoke "$scratch/remote"
cmp "$scratch/smoke.tar.xz" "$scratch"/remote*
remote_lxc image delete berth:smoke

step "proof: nothing damaged, nothing left"
"$here/berth" verify --data "$data" --read-data
echo "smoke: good"
