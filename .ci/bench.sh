#!/usr/bin/env bash
# Run every benchmark beside its peers, in an environment of their own: bench.sh PYTHON [WORD...]
set -euo pipefail
env=.bench/env
if [ ! -f "$env/.ok" ] || [ tests/bench/peers.lock -nt "$env/.ok" ] || [ requirements.lock -nt "$env/.ok" ]; then
    echo "setting up $env for the peers"
    .venv/bin/uv venv --quiet --allow-existing --python "$1" "$env"
    .venv/bin/uv pip install --quiet --python "$env/bin/python" --require-hashes -r requirements.lock
    .venv/bin/uv pip install --quiet --python "$env/bin/python" --require-hashes -r tests/bench/peers.lock
    .venv/bin/uv pip install --quiet --python "$env/bin/python" --no-deps --no-build-isolation -e .
    touch "$env/.ok"
fi
shift
"$env/bin/python" -m tests.bench "$@"
