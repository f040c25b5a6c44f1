#!/usr/bin/env bash
# cluster/slurm.sh on a real Slurm of one node: npm run test:slurm (after npm run build). Half a minute.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
export PLATEAU_ROOT=$repository/test/cli/fixtures/root PLATEAU_SLURM_POLL=0.3
main=$repository/dist/src/cli/main.js
slurm=$repository/cluster/slurm.sh
[[ -f $main ]] || { echo "slurm.sh: $main is not there: npm run build" >&2; exit 2; }

trap '"$here/slurm-node.sh" down "$work/slurm"; rm -rf "$work"' EXIT
"$here/slurm-node.sh" up "$work/slurm" 3
. "$work/slurm/env"
cd "$work"

failures=0
expect() { # what, found, wanted
  if [[ $2 == "$3" ]]; then echo "ok: $1"; else echo "NOT OK: $1: found '$2', wanted '$3'"; failures=$((failures + 1)); fi
}
evidence() { node -e 'process.stdout.write(JSON.stringify(JSON.parse(fs.readFileSync(process.argv[1], "utf8")).evidence))' "$1/result.json" | sha256sum; }
# exit code of a command, which may fail
code() { local status=0; "$@" >"$work/last.log" 2>&1 || status=$?; echo "$status"; }

claims=(holds is-slow stays-undecided)
whole=$(code node "$main" run "${claims[@]}" --out whole --store store-whole)
expect "the run in one piece holds" "$whole" 0

echo "--- more shards than claims"
expect "five shards of three claims exit as the run" "$(code "$slurm" -n 5 -o five -- "${claims[@]}" --store store-five)" 0
expect "merged evidence has the bytes of the run" "$(evidence five/whole)" "$(evidence whole)"

echo "--- a refuted claim"
expect "the merge's exit code is passed on" "$(code "$slurm" -n 2 -o refuted -- holds is-refuted --store store-refuted)" 1

echo "--- wrong use of plateau in every shard"
expect "shards that fail are no pass" "$(code "$slurm" -n 2 -o misuse -- no-such-claim)" 4

echo "--- a task killed, the same command again"
"$slurm" -n 2 -o killed -- "${claims[@]}" --store store-killed >killed.log 2>&1 &
submitted=$!
for _ in $(seq 300); do
  for index in 1 2; do
    # a header and at least one chunk of the slow claim, and a live owner of the lock
    if [[ $(grep -c is-slow "killed/shards/$index/journal.jsonl" 2>/dev/null || true) -ge 3 && -s killed/shards/$index/lock ]]; then break 2; fi
  done
  sleep 0.1
done
pid=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).pid' "killed/shards/$index/lock")
echo "kill -9 $pid, the process of shard $index, with $(wc -l <"killed/shards/$index/journal.jsonl") lines in its journal"
kill -9 "$pid"
status=0; wait "$submitted" || status=$?
cat killed.log
expect "a killed task is no pass" "$status" 4
expect "nothing was merged" "$([[ -e killed/whole/result.json ]] && echo merged || echo nothing)" nothing
# as a node leaves it that is gone: nobody there can say whether its process lives, but Slurm knows that its task does not
echo '{"pid":1,"host":"a-node-that-is-gone","began":null}' >"killed/shards/$index/lock"
expect "the same command again exits as the run" "$(code "$slurm" -n 2 -o killed -- "${claims[@]}" --store store-killed)" 0
cat "$work/last.log" | head -3
grep -h ' found; in ' killed/logs/shard-*.log
expect "its evidence has the bytes of the run" "$(evidence killed/whole)" "$(evidence whole)"

for first in 0 1; do
  echo "--- an array from $first, its numbers from the environment"
  job=$(sbatch --parsable --array="$first-$((first + 2))" -o "auto-$first-%a.log" --wrap \
    "exec node $main run ${claims[*]} --shard auto --out auto-$first/\$SLURM_ARRAY_TASK_ID --store store-auto --workers 1")
  expect "all tasks complete" "$(code "$repository/cluster/slurm-wait.sh" "$job")" 0
  expect "they merge" "$(code node "$main" merge auto-"$first"/* --out "auto-$first-whole")" 0
  expect "to the bytes of the run" "$(evidence "auto-$first-whole")" "$(evidence whole)"
done

[[ $failures == 0 ]] && echo "slurm: all as expected" || { echo "slurm: $failures not as expected"; exit 1; }
