#!/bin/bash
# apt: slurmctld slurmd slurmrestd slurm-client munge slurm-wlm-jwt-plugin
# slurm-up.sh [DIR] : one-host cluster (BK_SLURM_NODES nodes, 2) with munge, JWT and slurmrestd on loopback
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/lib/backend.sh"
BK_REACH=1 bk_init slurm "$(bk_up_dir slurm "${1:-}")"
bk_need "slurmctld slurmd slurmrestd slurm-client munge slurm-wlm-jwt-plugin" \
  slurmctld slurmd slurmrestd sbatch munged setpriv node /usr/lib/x86_64-linux-gnu/slurm-wlm/auth_jwt.so
nodes=${BK_SLURM_NODES:-2}
procs=(munged slurmctld slurmrestd); for ((i = 1; i <= nodes; i++)); do procs+=("slurmd-n$i"); done
bk_already "${procs[@]}" && exit 0

# munge with a key and a socket of our own
mkdir -p "$D/munge" "$D/state" "$D/spool" "$S"; chmod 700 "$D/munge"; chmod 755 "$D" "$S"
[ -s "$D/munge/key" ] || { head -c 1024 /dev/urandom >"$D/munge/key"; chmod 600 "$D/munge/key"; }
if ! bk_alive munged; then
  rm -f "$S/munge.sock" "$S/munge.sock.lock" "$D/munge/pid"
  bk_spawn munged munged --foreground --force --socket="$S/munge.sock" --key-file="$D/munge/key" --num-threads=2 \
    --pid-file="$D/munge/pid" --log-file="$D/munge/log" --seed-file="$D/munge/seed"
fi
bk_wait 10 "munge socket" test -S "$S/munge.sock"

[ -s "$D/jwt.key" ] || { head -c 32 /dev/urandom >"$D/jwt.key"; chmod 600 "$D/jwt.key"; }
[ -s "$D/ports" ] || bk_port $((nodes + 2)) >"$D/ports"
read -r -a port <"$D/ports"
mem=${BK_SLURM_MEM:-2048}; host=$(hostname -s)
{
cat <<C
ClusterName=cws
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${port[0]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$S/munge.sock
CredType=cred/munge
AuthAltTypes=auth/jwt
AuthAltParameters=jwt_key=$D/jwt.key
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=$D/state
SlurmdSpoolDir=$D/spool/%n
SlurmctldPidFile=$D/slurmctld.pid
SlurmdPidFile=$D/slurmd.%n.pid
SlurmctldSyslogDebug=quiet
SlurmdSyslogDebug=quiet
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=2
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerNode=64
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
SchedulerTimeSlice=5
ReturnToService=2
KillWait=3
MinJobAge=300
InactiveLimit=0
Waittime=0
GresTypes=gpu
PropagateResourceLimits=NONE
C
for ((i = 1; i <= nodes; i++)); do
  printf 'NodeName=n%d NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=4 Sockets=1 CoresPerSocket=4 ThreadsPerCore=1 RealMemory=%d Gres=gpu:a100:2 State=UNKNOWN\n' \
    "$i" "$host" "${port[$((i + 1))]}" "$mem"
done
cat <<C
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
PartitionName=short Nodes=n1 MaxTime=5 State=UP
SlurmdParameters=config_overrides
C
} >"$D/slurm.conf"
# slurmd wants a device behind each gpu: two more nodes of /dev/null
mkdir -p "$D/dev"; for g in 0 1; do [ -e "$D/dev/gpu$g" ] || mknod "$D/dev/gpu$g" c 1 3; done
echo "AutoDetect=off
Name=gpu Type=a100 Flags=nvidia_gpu_env File=$D/dev/gpu[0-1]" >"$D/gres.conf"
: >"$D/cgroup.conf"
export SLURM_CONF=$D/slurm.conf
bk_spawn slurmctld slurmctld -D -f "$D/slurm.conf"
for ((i = 1; i <= nodes; i++)); do mkdir -p "$D/spool/n$i"; bk_spawn "slurmd-n$i" slurmd -D -N "n$i" -f "$D/slurm.conf"; done
bk_wait 30 "slurmctld" scontrol ping
ready() { [ "$(sinfo -h -N -p main -t idle,alloc,mix -o %N | sort -u | wc -l)" = "$nodes" ]; }
bk_wait 40 "nodes" ready

# slurmrestd may not run as root or as SlurmUser
if ! bk_alive slurmrestd; then
  bk_spawn slurmrestd env SLURM_CONF="$D/slurm.conf" SLURM_JWT=daemon \
    setpriv --reuid=65534 --regid=65534 --clear-groups slurmrestd -f "$D/slurm.conf" -a rest_auth/jwt -s openapi/v0.0.38 "127.0.0.1:${port[1]}"
fi
tok=$(scontrol token username=root lifespan=86400); tok=${tok#SLURM_JWT=}
url=http://127.0.0.1:${port[1]}
bk_wait 20 "slurmrestd" curl -fsS -H "X-SLURM-USER-NAME: root" -H "X-SLURM-USER-TOKEN: $tok" "$url/slurm/v0.0.38/ping"
bk_env SLURM_CONF "$D/slurm.conf" SLURM_REST_URL "$url" SLURM_REST_VERSION v0.0.38 SLURM_USER root SLURM_JWT_TOKEN "$tok"
bk_done "$url"
