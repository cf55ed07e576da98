#!/bin/sh
# Địa bàn on a computer without internet: the first start installs it beside this file, every start opens it.
set -e
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3.11}
command -v "$PYTHON" >/dev/null || { echo "Cần Python 3.11 (python3.11). / Python 3.11 is needed."; exit 1; }
if [ ! -x chuong-trinh/bin/diaban ]; then
  echo "Đang cài đặt, vài phút… / Installing, a few minutes…"
  rm -rf chuong-trinh
  "$PYTHON" -m venv chuong-trinh
  chuong-trinh/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels/linux \
    --require-hashes -r requirements-linux.txt
  chuong-trinh/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps wheels/linux/diaban-*.whl
fi
if [ $# -gt 0 ]; then exec chuong-trinh/bin/diaban "$@"; fi
exec chuong-trinh/bin/diaban app
