#!/usr/bin/env bash
# slurm-wait.sh JOB: waits until a job and all its array tasks have ended. 0 if every one completed; else the exit code of the
# only one that failed with one, or 4 (cancelled, timed out, several failed, unknown). Needs no accounting.
set -uo pipefail
job=$1
active='=(PENDING|RUNNING|COMPLETING|CONFIGURING|SUSPENDED|REQUEUED|REQUEUE_HOLD|REQUEUE_FED|RESIZING|SIGNALING|STAGE_OUT|STOPPED)'
silent=0
while :; do
  if shown=$(scontrol -o show job "$job" 2>/dev/null); then
    silent=0
    grep -qE "JobState$active" <<<"$shown" || break
  elif ((++silent >= 60)); then
    # a controller that restarts answers again soon; a job that it has forgotten does not
    echo "job $job: Slurm does not know it (any more)" >&2
    exit 4
  fi
  sleep "${PLATEAU_SLURM_POLL:-2}"
done
bad=$(grep -v 'JobState=COMPLETED' <<<"$shown") || exit 0
while read -r line; do
  echo "job $job: $(grep -oE 'ArrayTaskId=[0-9-]+|JobState=[A-Z_]+|Reason=[A-Za-z]+| ExitCode=[0-9:]+' <<<"$line" | paste -sd' ' | tr -s ' ')" >&2
done <<<"$bad"
[[ $(wc -l <<<"$bad") == 1 && $bad =~ JobState=FAILED && $bad =~ \ ExitCode=([0-9]+):0 ]] && exit "${BASH_REMATCH[1]}"
exit 4
