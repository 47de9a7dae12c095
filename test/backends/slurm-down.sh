#!/bin/bash
# slurm-down.sh DIR [--purge]
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
bk_down slurm "${1:-}"
if [ -s "$D/slurm.conf" ] && bk_alive slurmctld; then
  export SLURM_CONF=$D/slurm.conf
  timeout 10 scancel --full --signal=KILL --state=RUNNING --me 2>/dev/null || true
  ids=$(timeout 10 squeue -h -o %A 2>/dev/null || true)
  # shellcheck disable=SC2086
  [ -z "$ids" ] || timeout 10 scancel $ids 2>/dev/null || true
  for _ in 1 2 3 4 5 6 7 8; do [ -z "$(timeout 5 squeue -h -t R,CG -o %A 2>/dev/null)" ] && break; sleep 0.5; done
fi
bk_stop slurmrestd 5
for p in "$D"/pid/slurmd-*; do [ -e "$p" ] && bk_stop "$(basename "$p")" 10; done
bk_stop slurmctld 15
bk_stop munged 5
rm -f "$S"/munge.sock*
bk_gone "${2:-}"
