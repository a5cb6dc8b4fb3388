using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sensorium.Onnx.Sessions;

/// <summary>
/// Switches off what ONNX Runtime's official builds send by default since 1.29: they make an identity under the home folder and
/// open connections when the environment is created.
/// </summary>
public static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string On = "1";

    /// <summary>
    /// Has to come before the first call of ONNX Runtime. The native code reads the C library's environment, which
    /// <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not write on Unix.
    /// </summary>
    public static void Disable()
    {
        Environment.SetEnvironmentVariable(Variable, On);
        var failed = OperatingSystem.IsWindows() ? PutEnvironment(Variable, On) : SetEnvironment(Variable, On, overwrite: 1);
        if (failed != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{Variable} could not be set, so ONNX Runtime would send telemetry");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int PutEnvironment(string name, string value);
}
