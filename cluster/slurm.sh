#!/usr/bin/env bash
# Runs claims as a Slurm array of shards and merges them: slurm.sh -n SHARDS -o DIR [options] -- <suite|claim…> [run options]
#
#   -n SHARDS      how many parts
#   -o DIR         folder for shards/<i>, logs and the merged result in whole/; on a file system that all nodes share
#   -s OPTIONS     options for sbatch, for the shards and the merge, such as "-p long -A project"
#   -c CPUS        cores a shard, and its worker threads (default 1)
#   -t MINUTES     time limit of each job (default: the partition's); one that reaches it can be gone on with
#
# Exits with the merge's code, which is `plateau run`'s (0 holds, 1 failed, 2 misuse, 3 undecided), and 4 when a job ended
# without one. Run the same command again after a task was killed: what was computed is kept, finished shards are only checked.
set -euo pipefail

usage() { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
fail() { echo "slurm.sh: $1" >&2; exit 2; }

shards='' out='' cpus=1 minutes='' extra=()
while getopts ':n:o:s:c:t:h' option; do
  case $option in
    n) shards=$OPTARG ;;
    o) out=$OPTARG ;;
    s) read -ra extra <<<"$OPTARG" ;;
    c) cpus=$OPTARG ;;
    t) minutes=$OPTARG ;;
    h) usage ;;
    :) fail "-$OPTARG needs a value" ;;
    *) fail "there is no option -$OPTARG" ;;
  esac
done
shift $((OPTIND - 1))
[[ $shards =~ ^[1-9][0-9]{0,3}$ ]] || fail "-n needs a number of shards from 1 to 9999, got '${shards}'"
[[ $cpus =~ ^[1-9][0-9]{0,3}$ ]] || fail "-c needs a number of cores, got '${cpus}'"
[[ -z $minutes || $minutes =~ ^[1-9][0-9]{0,5}$ ]] || fail "-t needs minutes, got '${minutes}'"
[[ -n $out ]] || fail "-o needs the folder of the run"
[[ $# -gt 0 ]] || fail "needs the suites or claims to run, after --"
for word in "$@"; do
  case $word in
    --shard* | --out* | --resume* | --workers*) fail "${word} is set by this script" ;;
    fresh | --seed=fresh) fail "a fresh seed would differ between shards: draw a number first" ;;
  esac
done
for tool in sbatch scontrol; do command -v "$tool" >/dev/null || fail "$tool is not installed here"; done

# absolute, since jobs start elsewhere
mkdir -p "$out/logs" "$out/shards"
out=$(cd "$out" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
main=${PLATEAU_MAIN:-$here/../dist/src/cli/main.js}
[[ -f $main ]] || fail "$main is not there: npm run build"
[[ -z $minutes ]] || extra+=("--time=$minutes")

# What sbatch answers is `NUMBER` or `NUMBER;CLUSTER`; lines of the site's own may stand around it.
job_of() {
  local answer
  answer=$(grep -E '^[0-9]+(;[A-Za-z0-9_.-]+)?$' <<<"$1" | tail -n 1) ||
    fail "sbatch gave no job number, it wrote: $(head -c 500 <<<"$1")"
  echo "$answer"
}

array=$(sbatch --parsable "${extra[@]}" --job-name=plateau-shard --array="1-$shards" --ntasks=1 --cpus-per-task="$cpus" \
  --output="$out/logs/shard-%a.log" --open-mode=append "$here/slurm-shard.sh" "$main" "$out" "$shards" "$cpus" "$@")
array=$(job_of "$array")
# the cluster that took the job is the one to ask about it
[[ $array != *';'* ]] || export SLURM_CLUSTERS=${array#*;}
array=${array%%;*}
merge=$(sbatch --parsable "${extra[@]}" --job-name=plateau-merge --ntasks=1 --dependency="afterok:$array" \
  --kill-on-invalid-dep=yes --output="$out/logs/merge.log" "$here/slurm-merge.sh" "$main" "$out" "$shards")
merge=$(job_of "$merge") || { scancel "$array"; exit 2; }
merge=${merge%%;*}
echo "slurm.sh: array $array of $shards shards, merge $merge, logs in $out/logs" >&2
trap 'echo "slurm.sh: interrupted, cancelling $array and $merge" >&2; scancel "$array" "$merge"; exit 130' INT TERM

# `sbatch --wait` says 0 for a merge that never ran, so the states are asked for
"$here/slurm-wait.sh" "$array" || {
  scancel "$merge" 2>/dev/null || true
  echo "slurm.sh: not every shard was finished; the same command again goes on with what is there" >&2
  exit 4
}
code=0
"$here/slurm-wait.sh" "$merge" || code=$?
cat "$out/logs/merge.log"
exit "$code"
