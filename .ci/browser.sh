#!/usr/bin/env bash
# Install Debian's chromium and a Chinese font when root; otherwise say loudly that the browser tests will be skipped.
set -u
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "!! no chromium on PATH and not root: the browser tests will be SKIPPED (apt-get install chromium)" >&2
    exit 0
fi
echo "installing chromium for the browser tests"
apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk >/dev/null || echo "!! chromium could not be installed: the browser tests will be SKIPPED" >&2
exit 0
