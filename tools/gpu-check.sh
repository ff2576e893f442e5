#!/usr/bin/env bash
# gpu-check.sh: what to run first on a machine with a CUDA device. Tests, step times and a short quickstart; one table at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release -v quiet -nologo > "$work/build" || { cat "$work/build"; exit 1; }
cudanoisy=(dotnet src/Cli/bin/Release/net10.0/cudanoisy.dll)
"${cudanoisy[@]}" devices | tee "$work/devices" >&2
grep -q '^cuda:0' "$work/devices" || { echo "gpu-check: a CUDA device expected, none found" >&2; exit 1; }

dotnet test -c Release --no-build tests/CudaNoisy.Tests --filter "((FullyQualifiedName~OpChecks|FullyQualifiedName~GatheredNorms|FullyQualifiedName~GradientTests)&DisplayName!~host&DisplayName!~ilgpu)|FullyQualifiedName~OnCuda" > "$work/tests" 2>&1
tests=$?
tail -1 "$work/tests" >&2

{
    echo "what|result"
    echo "device|$(grep '^cuda:0' "$work/devices" | sed 's/^cuda:0 *//')"
    echo "date|$(date -u +%F)"
    echo "op checks and golden runs|$(grep -E '^(Passed|Failed)!' "$work/tests" | sed 's/, Duration.*//')"
    for case in "resnet32 sgd 100" "resnet18 sgd 128" "resnet50 sgd 100" "resnet50 sgd 256" "resnet32 mwnet 100"; do
        read -r arch method batch <<< "$case"
        for precision in tf32 fp32; do
            line=$("${cudanoisy[@]}" bench step --device cuda --arch "$arch" --method "$method" --batch "$batch" --precision "$precision" --warmup 10 --steps 50 2>&1 | tail -1)
            echo "$arch $method batch $batch $precision|$(sed -E 's/.*"median_s": ([0-9.]+).*"images_per_s": ([0-9.]+).*"device_peak_mib": ([0-9]+).*/\1 s a step, \2 images\/s, \3 MiB/' <<< "$line")"
        done
    done
    start=$(date +%s)
    accuracy=$("${cudanoisy[@]}" train --config configs/quickstart.yaml --device cuda --iters 120 --logs "$work/logs" 2> "$work/train" | grep '^test accuracy')
    echo "quickstart, 120 steps|$accuracy, $(($(date +%s) - start)) s"
} | column -t -s '|'
exit $tests
