#!/usr/bin/env bash
# Unpacks Debian sid's MySQL server under DIR (default ./.mysql) without touching the system, and prints
# the path of a `mysqld` that runs it. For compatibility tests on machines without Docker; needs an
# amd64 Debian with apt-get, not root.
#   scripts/mysql-sid.sh DIR  -> installs if missing, prints DIR/mysqld
#   DIR/mysqld --initialize-insecure --datadir=D; DIR/mysqld --datadir=D --port=P --bind-address=127.0.0.1 ...
set -euo pipefail
dir=$(mkdir -p "${1:-.mysql}" && cd "${1:-.mysql}" && pwd)
exec 9>"$dir/lock"
flock 9
if [[ ! -x $dir/mysqld ]]; then
  a=$dir/apt l=$dir/root
  rm -rf "$a" "$l"
  mkdir -p "$a"/etc/apt/{preferences.d,apt.conf.d} "$a"/var/lib/apt/lists/partial "$a"/var/lib/dpkg \
    "$a"/var/cache/apt/archives/partial "$l"
  : > "$a/var/lib/dpkg/status"
  base=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
  [[ -n $base ]] || base=$(sed -n 's/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg check-valid-until=no] ${base:?no Debian source found} sid main" \
    > "$a/etc/apt/sources.list"
  o=(-o "Dir=$a" -o "Dir::State::status=$a/var/lib/dpkg/status" -o "APT::Sandbox::User=$(id -un)"
    -o APT::Install-Recommends=false)
  apt-get "${o[@]}" -qq update >&2
  apt-get "${o[@]}" -qq -y --download-only install mysql-server-core >&2
  for d in "$a"/var/cache/apt/archives/*.deb; do dpkg -x "$d" "$l"; done
  rm -rf "$a"
  lib=$l/usr/lib/x86_64-linux-gnu
  cat > "$dir/mysqld.new" <<WRAP
#!/usr/bin/env bash
exec $lib/ld-linux-x86-64.so.2 --library-path $lib $l/usr/sbin/mysqld --no-defaults --basedir=$l/usr \\
  --lc-messages-dir=$l/usr/share/mysql --character-sets-dir=$l/usr/share/mysql/charsets \\
  --plugin-dir=$l/usr/lib/mysql/plugin --secure-file-priv=NULL --mysqlx=OFF \$([[ \$(id -u) == 0 ]] && echo --user=root) "\$@"
WRAP
  chmod +x "$dir/mysqld.new"
  mv "$dir/mysqld.new" "$dir/mysqld"
fi
echo "$dir/mysqld"
