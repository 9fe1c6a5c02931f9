#!/bin/bash
# What `--recipe fine-tune` gains for a person, and what it costs for others:
#   measure_fine_tuning.sh NOSETIP-TRAIN MODEL IMM OUT [OPTION...]
# MODEL finds the points of face58. Of each person of the IMM Face Database whom face58 has not seen
# (33 to 40), four frames are learned: neutral, turned to both sides, spot light. Measured before and
# after are the person's other two, happy and an expression of their own, and all frames of the other
# seven. OPTIONs go to the training. Writes OUT/table.txt.
set -euo pipefail
program=$1 model=$2 imm=$(realpath "$3") out=$4
shift 4
people=(33 34 35 36 37 38 39 40)

link() { # FOLDER NAME...: the files that begin so
  mkdir -p "$1"
  local name
  for name in "${@:2}"; do ln -sf "$imm/$name"* "$1"; done
}

nme() { # MODEL FOLDER
  "$program" evaluate --model "$1" --data "$2" --threads 1 2>/dev/null |
    sed -n 's/^NME mean *\([0-9.]*\).*/\1/p'
}

mkdir -p "$out"
printf '%-8s %8s %8s %8s %8s %8s\n' person own after others after seconds | tee "$out/table.txt"
for person in "${people[@]}"; do
  folder=$out/$person
  rm -rf "$folder"
  link "$folder/learned" "$person"-{1,3,4,5}
  link "$folder/own" "$person"-{2,6}
  for other in "${people[@]}"; do
    [ "$other" = "$person" ] || link "$folder/others" "$other-"
  done
  start=$(date +%s)
  "$program" face58 --recipe fine-tune --init "$model" --data "$folder/learned" --out "$folder/run" \
    --threads 1 "$@" >"$folder/log" 2>&1
  seconds=$(($(date +%s) - start))
  tuned=$folder/run/model.safetensors
  printf '%-8s %8.3f %8.3f %8.3f %8.3f %8d\n' "$person" "$(nme "$model" "$folder/own")" \
    "$(nme "$tuned" "$folder/own")" "$(nme "$model" "$folder/others")" \
    "$(nme "$tuned" "$folder/others")" "$seconds" | tee -a "$out/table.txt"
done
awk 'NR > 1 { for (i = 2; i <= 6; ++i) sum[i] += $i }
  END { printf "%-8s", "mean"; for (i = 2; i <= 6; ++i) printf " %8.3f", sum[i] / (NR - 1); print "" }' \
  "$out/table.txt" | tee -a "$out/table.txt"
