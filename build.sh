#!/usr/bin/env bash
# Finds (or installs) the .NET SDK of global.json, restores the Cake tool and passes every argument on. Without a target it lists them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

if ! dotnet --version >/dev/null 2>&1; then
  export DOTNET_ROOT="$PWD/.cache/dotnet"
  export PATH="$DOTNET_ROOT:$PATH"
  if ! dotnet --version >/dev/null 2>&1; then
    mkdir -p .cache
    echo "No .NET SDK fits global.json: installing one into .cache/dotnet with Microsoft's install script." >&2
    if ! { curl -fsSL https://dot.net/v1/dotnet-install.sh -o .cache/dotnet-install.sh \
        && bash .cache/dotnet-install.sh --jsonfile global.json --install-dir "$DOTNET_ROOT" >&2; }; then
      echo "build.sh: no .NET SDK that fits global.json, and it could not be downloaded. Install the .NET 10 SDK, then run this again." >&2
      exit 3
    fi
  fi
fi

if ! said=$(dotnet tool restore 2>&1); then
  echo "$said" >&2
  echo "build.sh: the Cake tool of .config/dotnet-tools.json could not be restored; its first use needs the NuGet feed." >&2
  exit 3
fi
exec dotnet dotnet-cake build/build.cake --verbosity=quiet "$@"
