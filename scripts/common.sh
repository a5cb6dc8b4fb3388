# Sourced by run.sh and test.sh: what both need of the machine. Safe to call again; does nothing where nothing is missing.

export ORT_DISABLE_TELEMETRY=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Build servers outlive the command that started them, and would hold its output open.
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
export DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8 NO_UPDATE_NOTIFIER=1

CONFIGURATION=Release
# "yes" installs packages, "no" does not, "ask" asks. A script's --yes sets it; without a terminal nobody can be asked.
if [ -z "${INSTALL_ANSWER:-}" ]; then
  INSTALL_ANSWER=yes
  if [ "${CI:-}" != true ] && [ -t 0 ] && [ -t 2 ]; then INSTALL_ANSWER=ask; fi
fi
CACHE="${SENSORIUM_CACHE:-$ROOT/.cache}"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n "$@" || sudo "$@"
  else
    die "need root, or sudo, for: $*"
  fi
}

# update_package_lists: once per invocation, tried again because mirrors are busy at times.
update_package_lists() {
  [ -z "${PACKAGE_LISTS_UPDATED:-}" ] || return 0
  local attempt
  for attempt in 1 2 3; do
    if as_root apt-get update -qq </dev/null >/dev/null 2>&1; then
      PACKAGE_LISTS_UPDATED=1
      return 0
    fi
    sleep $((attempt * 2))
  done
  die "apt-get update failed three times"
}

# package_rows GROUP: the rows of scripts/packages.txt that a group needs, as "kind name package".
package_rows() {
  local kind name package groups
  while read -r kind name package groups; do
    [[ "$kind" == \#* || " $groups " != *" $1 "* ]] || echo "$kind $name $package"
  done <"$ROOT/scripts/packages.txt"
}

# modules_of GROUP: the Python modules that a group imports, as "a,b".
modules_of() { package_rows "$1" | sed -n 's/^module \([^ ]*\) .*/\1/p' | sort -u | tr '\n' ',' | sed 's/,$//'; }

# python_of GROUP: prints a Python that has all modules of a group.
python_of() { python_with "$(modules_of "$1")"; }

# missing_packages GROUP...: the packages whose command, file or module is not there, one a line.
missing_packages() {
  local group kind name package has_modules
  for group in "$@"; do
    has_modules=""
    [ -z "$(modules_of "$group")" ] || ! python_of "$group" >/dev/null || has_modules=1
    while read -r kind name package; do
      case "$kind" in
        command) command -v "$name" >/dev/null 2>&1 || echo "$package" ;;
        file) [ -e "$name" ] || echo "$package" ;;
        module) [ -n "$has_modules" ] || echo "$package" ;;
      esac
    done < <(package_rows "$group")
  done | sort -u
}

# allowed_to_install PACKAGE...: asks, where a person can answer; CI and --yes are an answer.
allowed_to_install() {
  local answer
  [ "$INSTALL_ANSWER" != no ] || return 1
  [ "$INSTALL_ANSWER" != yes ] || return 0
  printf 'These Debian packages are missing: %s\nInstall them with apt-get? [y/N] ' "$*" >&2
  read -r answer </dev/tty || answer=""
  case "$answer" in
    y | Y | yes) INSTALL_ANSWER=yes ;;
    *) INSTALL_ANSWER=no; return 1 ;;
  esac
}

# install_missing GROUP...: installs what the groups need and is not there; status 1 with the reason where it cannot.
install_missing() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  install_packages "${missing[@]}"
}

install_packages() {
  command -v apt-get >/dev/null || { say "error: these are missing, and there is no apt-get to install them: $*"; return 1; }
  allowed_to_install "$@" || { say "error: these are missing, and were not to be installed: $*"; return 1; }
  say "installing $*"
  update_package_lists
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null >"$CACHE/apt.log" 2>&1 ||
    { tail -n 20 "$CACHE/apt.log" >&2; say "error: apt-get install $* failed"; return 1; }
}

# need GROUP...: the same as install_missing, and ends the script where it fails.
need() { install_missing "$@" || exit 1; }

# need_dotnet: the SDK is not in Debian; it is installed where a feed that has it is set up, and asked for otherwise.
need_dotnet() {
  local wanted
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\)\..*/\1/p' "$ROOT/global.json")
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
  fi
  if ! dotnet --list-sdks 2>/dev/null | grep -q "^$wanted\."; then
    update_package_lists
    apt-cache show "dotnet-sdk-$wanted.0" >/dev/null 2>&1 ||
      die ".NET SDK $wanted is missing and no package source here has it; install it and try again"
    install_packages "dotnet-sdk-$wanted.0" || exit 1
  fi
}

# need_npm FOLDER: node_modules of a folder, exactly as its package-lock.json says; again only when that changed.
need_npm() {
  local stamp="$1/node_modules/.installed-from"
  cmp -s "$1/package-lock.json" "$stamp" 2>/dev/null && return 0
  # ONNX Runtime's package brings what a processor needs; otherwise it would download the rest for GPUs.
  (cd "$1" && ONNXRUNTIME_NODE_INSTALL=skip npm ci --no-audit --no-fund --loglevel=error </dev/null >"$CACHE/npm.log" 2>&1) ||
    { tail -n 20 "$CACHE/npm.log" >&2; return 1; }
  cp "$1/package-lock.json" "$stamp"
}

# python_with MODULE: prints a Python that has the module; Debian's own where the first one in PATH has it not.
python_with() {
  local candidate
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c "import $1" >/dev/null 2>&1; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

mkdir -p "$CACHE"
