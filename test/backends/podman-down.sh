#!/bin/bash
# podman-down.sh DIR [--purge] : removes the containers of this store, stops the service; --purge deletes DIR
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
bk_down podman "${1:-}"
if [ -s "$D/storage.conf" ] && command -v podman >/dev/null; then
  export CONTAINERS_CONF=$D/containers.conf CONTAINERS_STORAGE_CONF=$D/storage.conf CONTAINERS_REGISTRIES_CONF=$D/registries.conf TMPDIR=$D/tmp
  timeout 60 podman rm -af -t 0 >/dev/null 2>>"$D/log/down" 9>&- || true
fi
bk_stop podman 10
bk_stop_ours conmon   # those of exec sessions wait out exit_command_delay
bk_umount_under "$D"
rm -f "$S/podman.sock" 
bk_gone "${2:-}"
