#!/usr/bin/env bash
# fetch-ptxas.sh FOLDER: puts NVIDIA's assembler and disassembler, of Debian's non-free package nvidia-cuda-toolkit, into FOLDER.
# Nothing is installed; the machine's own package lists stay as they are.
set -euo pipefail
folder=$1
[ -x "$folder/ptxas" ] && [ -x "$folder/nvdisasm" ] && exit 0
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || { echo "fetch-ptxas: apt-get and dpkg-deb expected" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts" "$folder"
for source in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    [ -f "$source" ] || continue
    case $source in
        *.sources) sed 's/^Components:.*/Components: non-free/' "$source" > "$work/parts/debian.sources" ;;
        *) sed -E 's/^(deb .*) main.*/\1 non-free/' "$source" > "$work/parts/debian.list" ;;
    esac
done
options=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/parts" -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
apt-get "${options[@]}" -qq update
(cd "$work" && apt-get "${options[@]}" -qq download nvidia-cuda-toolkit)
dpkg-deb --fsys-tarfile "$work"/nvidia-cuda-toolkit_*.deb | tar -x -C "$work" ./usr/bin/ptxas ./usr/bin/nvdisasm
mv "$work/usr/bin/ptxas" "$work/usr/bin/nvdisasm" "$folder/"
