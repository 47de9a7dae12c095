#!/bin/bash
# apt: podman runc busybox-static
# podman-up.sh [DIR] : Docker-compatible API on a unix socket, own storage under DIR, image localhost/cws-base:latest
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
bk_init podman "$(bk_up_dir podman "${1:-}")"
bk_need "podman runc busybox-static" podman runc busybox node
bk_need_root
bk_already podman && exit 0

driver=${BK_STORAGE_DRIVER:-$(bk_has_overlay && echo overlay || echo vfs)}
mkdir -p "$D/root" "$D/run" "$D/tmp" "$D/cni"
# without CAP_SYS_RESOURCE crun may not raise the hard limits that podman asks for by default
# (podman lowers its own nproc limit to kernel.pid_max when it starts)
nproc=$(ulimit -Hu); max=$(cat /proc/sys/kernel/pid_max)
if [ "$nproc" = unlimited ] || [ "$nproc" -gt "$max" ]; then nproc=$max; fi
cat >"$D/containers.conf" <<C
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "${BK_OCI_RUNTIME:-runc}"
tmp_dir = "$D/tmp"
lock_type = "file"
exit_command_delay = 10
[containers]
log_driver = "k8s-file"
netns = "none"
default_ulimits = ["nofile=$(ulimit -Hn):$(ulimit -Hn)", "nproc=$nproc:$nproc"]
[network]
network_config_dir = "$D/cni"
C
cat >"$D/storage.conf" <<C
[storage]
driver = "$driver"
graphroot = "$D/root"
runroot = "$D/run"
C
cat >"$D/registries.conf" <<C
unqualified-search-registries = []
short-name-mode = "disabled"
C
# BK_INSECURE_REGISTRIES="HOST:PORT ..." : registries that speak plain HTTP
for r in ${BK_INSECURE_REGISTRIES:-}; do printf '[[registry]]\nlocation = "%s"\ninsecure = true\n' "$r" >>"$D/registries.conf"; done
export CONTAINERS_CONF=$D/containers.conf CONTAINERS_STORAGE_CONF=$D/storage.conf CONTAINERS_REGISTRIES_CONF=$D/registries.conf
export TMPDIR=$D/tmp
sock=$S/podman.sock
rm -f "$sock"
bk_spawn podman podman system service --time=0 "unix://$sock"
api() { curl -fsS --max-time 30 --unix-socket "$sock" "$@"; }
bk_wait 30 "podman /_ping" api http://d/_ping

# the image: a busybox root file system, no registry
if ! api http://d/v1.41/images/cws-base:latest/json >/dev/null 2>&1; then
  r=$D/rootfs; rm -rf "$r"; mkdir -p "$r"/{bin,dev,etc,proc,sys,tmp,root,work}
  cp "$(command -v busybox)" "$r/bin/busybox"
  for a in $(busybox --list); do [ "$a" = busybox ] || ln -sf busybox "$r/bin/$a"; done
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$r/etc/passwd"; printf 'root:x:0:\n' >"$r/etc/group"
  tar -C "$r" -c . | podman import -c 'CMD ["/bin/sh"]' -c 'ENV PATH=/bin' - localhost/cws-base:latest >/dev/null 2>>"$D/log/import" 9>&-
  rm -rf "$r"
fi
bk_env DOCKER_HOST "unix://$sock" CWS_DOCKER_IMAGE localhost/cws-base:latest \
  CONTAINERS_CONF "$CONTAINERS_CONF" CONTAINERS_STORAGE_CONF "$CONTAINERS_STORAGE_CONF" CONTAINERS_REGISTRIES_CONF "$CONTAINERS_REGISTRIES_CONF"
bk_done "unix://$sock"
