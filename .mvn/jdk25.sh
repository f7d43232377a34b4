# Sourced by mvnw, germline and bench/run: exports JAVA_HOME of a JDK 25, or says what to install and exits.
is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null; }

find_jdk25() {
  if [ -n "${JAVA_HOME-}" ] && is_jdk25 "$JAVA_HOME"; then return; fi
  if command -v javac >/dev/null 2>&1; then
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    if is_jdk25 "$JAVA_HOME"; then return; fi
  fi
  # `find`, not a glob: mvnw runs with globbing off.
  for JAVA_HOME in $(find /usr/lib/jvm /opt "$HOME/.sdkman/candidates/java" "$HOME/.jdks" \
    -mindepth 1 -maxdepth 1 2>/dev/null | sort); do
    if is_jdk25 "$JAVA_HOME"; then return; fi
  done
  echo "Germline needs JDK 25: install Eclipse Temurin 25 (https://adoptium.net), or set JAVA_HOME to one." >&2
  exit 69
}

find_jdk25
export JAVA_HOME
PATH="$JAVA_HOME/bin:$PATH"
