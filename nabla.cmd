@echo off
rem Builds Nabla, then runs it in the caller's folder.
setlocal
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
where dotnet >nul 2>nul || (echo nabla: the .NET 10 SDK is needed. See https://dot.net 1>&2 & exit /b 2)
dotnet publish "%~dp0src\Nabla.Cli" -c Release -o "%~dp0artifacts\nabla" >"%TEMP%\nabla-build.log" 2>&1 || (type "%TEMP%\nabla-build.log" 1>&2 & exit /b 1)
"%~dp0artifacts\nabla\nabla.exe" %*
