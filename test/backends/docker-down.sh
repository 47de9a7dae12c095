#!/bin/bash
# docker-down.sh DIR [--purge] : stops the containers, dockerd and containerd; --purge deletes DIR
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
bk_down docker "${1:-}"
api() { curl -fsS --max-time 30 --unix-socket "$S/docker.sock" "$@"; }
if bk_alive dockerd; then   # or dockerd waits 10 s for every container that ignores TERM
  for c in $(api http://d/v1.41/containers/json 2>/dev/null | grep -o '"Id":"[0-9a-f]*"' | cut -d'"' -f4); do
    api -X POST "http://d/v1.41/containers/$c/kill" >/dev/null 2>&1 || true; done
  # networks of ours leave a bridge device behind otherwise
  for n in $(api -G http://d/v1.41/networks --data-urlencode 'filters={"type":["custom"]}' 2>/dev/null | grep -o '"Id":"[0-9a-f]*"' | cut -d'"' -f4); do
    [ "${2:-}" = --purge ] && api -X DELETE "http://d/v1.41/networks/$n" >/dev/null 2>&1 || true; done
fi
bk_stop dockerd 30
bk_stop_ours containerd-shim-runc-v2
bk_stop_ours containerd-shim
bk_stop containerd 10
bk_umount_under "$D"; bk_umount_under "$S"
rm -f "$S"/*.sock 
bk_gone "${2:-}"
