#!/usr/bin/env bash
# A private Slurm of one node on loopback, for tests: slurm-node.sh up DIR [CPUS], then `. DIR/env`; slurm-node.sh down DIR.
# Needs Debian's slurm-wlm and munge (apt-get install -y --no-install-recommends slurm-wlm munge) and, to start jobs, root.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
action=$1
mkdir -p "$2"
# slurmd started with a relative path leaves jobs hanging
dir=$(cd "$2" && pwd)
cpus=${3:-2}

alive() { [[ -s $dir/$1.pid && $(cat "/proc/$(<"$dir/$1.pid")/comm" 2>/dev/null) == "$1" ]] && readlink -q "/proc/$(<"$dir/$1.pid")/exe" >/dev/null; }

down() {
  export SLURM_CONF=$dir/slurm.conf
  if [[ -f $SLURM_CONF ]] && alive slurmctld; then
    timeout 5 scancel -u "$(id -un)" 2>/dev/null || true
    for _ in $(seq 40); do [[ -z $(timeout 2 squeue -h 2>/dev/null) ]] && break || sleep 0.2; done
  fi
  for name in slurmd slurmctld munged; do
    alive "$name" || continue
    pid=$(<"$dir/$name.pid")
    kill "$pid"
    for _ in $(seq 100); do alive "$name" || break; sleep 0.1; done
    if alive "$name"; then kill -9 "$pid"; fi
  done
}

if [[ $action == down ]]; then down; exit 0; fi
for tool in munged slurmctld slurmd sbatch; do
  command -v "$tool" >/dev/null || { echo "slurm-node: $tool is missing: apt-get install -y --no-install-recommends slurm-wlm munge" >&2; exit 2; }
done
for name in munged slurmctld slurmd; do if alive "$name"; then echo "slurm-node: $name already runs in $dir" >&2; exit 2; fi; done
trap 'code=$?; [[ $code == 0 ]] || down' EXIT
mkdir -p "$dir"/{state,spool,log}
chmod 755 "$dir"
[[ -s $dir/munge.key ]] || (umask 077; head -c 128 /dev/urandom >"$dir/munge.key")
# ports that two tests at once are unlikely to share
port=$((20000 + $$ % 20000))
cat >"$dir/slurm.conf" <<C
ClusterName=test
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$dir/munge.sock,cred_expire=5
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.log
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000,bf_interval=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobRequeue=1
ReturnToService=2
MinJobAge=3600
KillWait=5
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=test Nodes=n1 Default=YES MaxTime=60 State=UP
C
printf 'export SLURM_CONF=%q\nexport PATH=$PATH:/usr/sbin\n' "$dir/slurm.conf" >"$dir/env"
export SLURM_CONF=$dir/slurm.conf
munged --force --key-file="$dir/munge.key" --socket="$dir/munge.sock" --pid-file="$dir/munged.pid" --log-file="$dir/log/munged.log" --seed-file="$dir/munge.seed"
slurmctld -f "$dir/slurm.conf"
slurmd -f "$dir/slurm.conf" -N n1
for _ in $(seq 100); do
  case "$(sinfo -h -n n1 -o %T 2>/dev/null)" in idle | mixed | allocated) exit 0 ;; esac
  sleep 0.1
done
echo "slurm-node: the node does not become ready" >&2
grep -hE 'fatal|error|Failed' "$dir"/log/*.log >&2 || true
exit 1
