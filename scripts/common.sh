# Sourced by run.sh and test.sh: what both need of the machine. Safe to call again; does nothing where nothing is missing.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Build servers outlive the command that started them, and would hold its output open.
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
export DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8 NO_UPDATE_NOTIFIER=1

CONFIGURATION=Release
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

# need_packages COMMAND-OR-FILE=PACKAGE...: installs the Debian packages whose command or file is missing.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null 2>&1 || [ -e "${pair%%=*}" ] || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "these are missing, and there is no apt-get to install them: ${missing[*]}"
  say "installing ${missing[*]}"
  update_package_lists
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "${missing[@]}" </dev/null >"$CACHE/apt.log" 2>&1 ||
    { tail -n 20 "$CACHE/apt.log" >&2; die "apt-get install ${missing[*]} failed"; }
}

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
    need_packages "no-such-command=dotnet-sdk-$wanted.0"
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
