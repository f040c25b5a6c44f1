#!/usr/bin/env bash
# The dependent job: slurm-merge.sh MAIN OUT SHARDS. Its exit code is the run's.
set -euo pipefail
main=$1 out=$2 shards=$3
folders=()
for ((index = 1; index <= shards; index++)); do folders+=("$out/shards/$index"); done
exec "${PLATEAU_NODE:-node}" "$main" merge "${folders[@]}" --out "$out/whole"
