#!/usr/bin/env bash
# Set up a virtual environment from the hashed lock file: setup.sh PYTHON VENV
set -euo pipefail
python=$1 venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "timeline needs Python 3.11 or newer; $python is $("$python" --version 2>&1)" >&2
    exit 1
}

if [ ! -x "$venv/bin/python" ]; then
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        # Debian splits venv off into python3-venv; virtualenv from a folder of our own does the same job.
        rm -rf "$venv"
        "$python" -m pip install --quiet --target .tools virtualenv
        PYTHONPATH=.tools "$python" -m virtualenv --quiet "$venv"
    fi
fi

echo "setting up $venv (about a minute the first time)"
if "$venv/bin/python" -m pip install --quiet uv 2>/dev/null; then
    VIRTUAL_ENV=$venv "$venv/bin/uv" pip install --quiet --require-hashes -r requirements.lock
    VIRTUAL_ENV=$venv "$venv/bin/uv" pip install --quiet --no-deps --no-build-isolation -e .
else
    "$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
    "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
fi
