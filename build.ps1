# Finds (or installs) the .NET SDK of global.json, restores the Cake tool and passes every argument on. Without a target it lists them.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1; $env:DOTNET_NOLOGO = 1; $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = 1

function Test-Sdk { try { dotnet --version *> $null; $LASTEXITCODE -eq 0 } catch { $false } }

if (-not (Test-Sdk)) {
    $env:DOTNET_ROOT = Join-Path $PSScriptRoot '.cache/dotnet'
    $env:PATH = $env:DOTNET_ROOT + [IO.Path]::PathSeparator + $env:PATH
    if (-not (Test-Sdk)) {
        New-Item -ItemType Directory -Force .cache | Out-Null
        try {
            Invoke-WebRequest https://dot.net/v1/dotnet-install.ps1 -OutFile .cache/dotnet-install.ps1
            & .cache/dotnet-install.ps1 -JSonFile global.json -InstallDir $env:DOTNET_ROOT
        } catch {
            [Console]::Error.WriteLine('build.ps1: no .NET SDK that fits global.json, and it could not be downloaded. Install the .NET 10 SDK, then run this again.')
            exit 3
        }
    }
}

dotnet tool restore --verbosity quiet
if ($LASTEXITCODE -ne 0) { exit 3 }
dotnet dotnet-cake build/build.cake --verbosity=quiet @args
exit $LASTEXITCODE
