#!/usr/bin/env bash
# One task of the array: slurm-shard.sh MAIN OUT SHARDS CPUS <suite|claim…> [run options]. Goes on where an earlier try stopped.
set -euo pipefail
main=$1 out=$2 shards=$3 cpus=$4
shift 4
dir=$out/shards/$SLURM_ARRAY_TASK_ID
mkdir -p "$dir"
me=${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}

# A lock of a node that is gone cannot be checked from here, but Slurm knows whether the task that took it still runs.
if [[ -e $dir/lock && -s $dir/task ]]; then
  before=$(<"$dir/task")
  state=$(scontrol -o show job "$before" 2>/dev/null | grep -oE 'JobState=[A-Z_]+' || true)
  if [[ $before == "$me" || ! $state =~ (RUNNING|COMPLETING|SUSPENDED) ]]; then rm -f "$dir/lock"; fi
fi
echo "$me" >"$dir/task"
# exec: the signals of scancel and of the time limit reach plateau, which then keeps what it has
exec "${PLATEAU_NODE:-node}" "$main" run "$@" --shard "$SLURM_ARRAY_TASK_ID/$shards" --out "$dir" --resume --workers "$cpus"
