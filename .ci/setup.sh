#!/usr/bin/env bash
# Set up a virtual environment from the hashed lock file: setup.sh PYTHON VENV
set -euo pipefail
python=$1 venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "timeline needs Python 3.11 or newer; $python is $("$python" --version 2>&1)" >&2
    exit 1
}
echo "setting up $venv (about a minute the first time)"

# uv does both steps several times faster, and makes environments where Debian's python3-venv is missing.
# It is installed from its own block of the lock file, into a folder of ours.
mkdir -p .tools
awk '/^[a-z0-9]/ {inside = /^uv==/} inside' requirements.lock >.tools/uv.lock
if "$python" -m pip install --quiet --upgrade --target .tools --require-hashes --no-deps -r .tools/uv.lock; then
    uv=.tools/bin/uv
    [ -x "$venv/bin/python" ] || "$uv" venv --quiet --python "$python" "$venv"
    "$uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements.lock
    "$uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
    echo "no uv for this machine: going on with pip alone (slower)" >&2
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
    "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
fi
