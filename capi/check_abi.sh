#!/usr/bin/env bash
# Compares the shared library's ABI with the committed baseline of its soname: check_abi.sh BUILD_DIR [--update]
#
# Any difference fails and is shown. A change or removal needs a new LIANHU_ABI_VERSION; an addition only --update, which accepts
# the present ABI as the baseline, in the commit that adds it.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
library="$1/lib/liblianhu.so"
soname="$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')"
baseline="$here/baseline/$soname.abi"

if [ "${2-}" = --update ]; then
  abidw --exported-interfaces-only --headers-dir "$here/include" --drop-private-types --no-corpus-path --no-comp-dir-path \
    --no-elf-needed \
    --out-file "$baseline" "$library"
  exit 0
fi

# The bits of abidiff's exit status: 1 error, 2 usage, 4 change, 8 incompatible change.
status=0
abidiff --exported-interfaces-only --headers-dir2 "$here/include" --drop-private-types "$baseline" "$library" || status=$?
if [ $((status & 11)) -ne 0 ]; then
  echo "check_abi.sh: $soname is not what its baseline promises" >&2
  exit 1
fi
if [ "$status" -ne 0 ]; then
  echo "check_abi.sh: the ABI has changed; where it has only grown, accept it with: capi/check_abi.sh $1 --update" >&2
  exit 1
fi
