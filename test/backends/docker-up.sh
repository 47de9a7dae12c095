#!/bin/bash
# apt: docker.io busybox-static
# docker-up.sh [DIR] : a dockerd of our own on a unix socket, image cws-base:latest; networks: none and host only
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
bk_init docker "$(bk_up_dir docker "${1:-}")"
bk_need "docker.io busybox-static" dockerd containerd runc busybox node
bk_need_root
bk_already containerd dockerd && exit 0

driver=${BK_STORAGE_DRIVER:-$(bk_has_overlay && echo overlay2 || echo vfs)}
sock=$S/docker.sock; csock=$S/containerd.sock
cat >"$D/containerd.toml" <<C
version = 2
root = "$D/containerd"
state = "$S/cd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "$csock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$D/opt"
C
hard=$(ulimit -Hn)
bk_spawn containerd containerd --config "$D/containerd.toml"
bk_wait 20 "containerd socket" test -S "$csock"
bk_alive dockerd || rm -f "$sock" "$D/dockerd.pid"
echo '{}' >"$D/daemon.json"   # so that /etc/docker/daemon.json is not read
bk_spawn dockerd dockerd --config-file "$D/daemon.json" -H "unix://$sock" --containerd "$csock" \
  --data-root "$D/data" --exec-root "$S/x" --pidfile "$D/dockerd.pid" \
  --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false --bridge=none \
  --storage-driver "$driver" --exec-opt native.cgroupdriver=cgroupfs \
  --default-ulimit "nofile=$hard:$hard"
api() { curl -fsS --max-time 60 --unix-socket "$sock" "$@"; }
bk_wait 40 "dockerd /_ping" api http://d/_ping

if ! api http://d/v1.41/images/cws-base:latest/json >/dev/null 2>&1; then
  r=$D/rootfs; rm -rf "$r"; mkdir -p "$r"/{bin,dev,etc,proc,sys,tmp,root,work}
  cp "$(command -v busybox)" "$r/bin/busybox"
  for a in $(busybox --list); do [ "$a" = busybox ] || ln -sf busybox "$r/bin/$a"; done
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$r/etc/passwd"; printf 'root:x:0:\n' >"$r/etc/group"
  tar -C "$r" -cf "$D/rootfs.tar" .
  api -X POST -H 'Content-Type: application/x-tar' -T "$D/rootfs.tar" \
    "http://d/v1.41/images/create?fromSrc=-&repo=cws-base&tag=latest&changes=CMD%20%5B%22/bin/sh%22%5D" >"$D/log/import" 2>&1
  rm -rf "$r" "$D/rootfs.tar"
  api http://d/v1.41/images/cws-base:latest/json >/dev/null
fi
bk_env DOCKER_HOST "unix://$sock" CWS_DOCKER_IMAGE cws-base:latest
bk_done "unix://$sock"
