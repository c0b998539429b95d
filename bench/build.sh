# Sourced by run, soak and load: finds the root of the repository and builds Nabla.Bench.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The trainings of benches are not entered in the user's list of runs.
export NABLA_HOME="$root/artifacts/home"
bench="$root/artifacts/bin/Nabla.Bench/release/Nabla.Bench"

# build NAME: messages begin with the name, and the log lies in artifacts/NAME.
build() {
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "$1: the .NET 10 SDK is needed, and no 'dotnet' was found on the PATH. See https://dot.net" >&2
    exit 2
  fi
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  export DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-${HOME:-$root/artifacts}}"
  local log="$root/artifacts/$1/build.log"
  mkdir -p "$root/artifacts/$1"
  echo "$1: building" >&2
  if ! dotnet build "$root/bench/Nabla.Bench" -c Release -v quiet >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    exit 1
  fi
}
