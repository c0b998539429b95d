using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nabla.Cli.Tests.Support;
using Xunit;

namespace Nabla.Cli.Tests.Commands;

/// <summary><c>nabla serve</c> as a program: where it says that it listens, what it refuses, how it ends.</summary>
public sealed class ServeCommandTests(KnownModels models) : IClassFixture<KnownModels>
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    /// <summary>p(right) = 1/(1 + e^(−2x)).</summary>
    [Fact]
    public async Task The_server_says_where_it_is_answers_and_ends_with_0()
    {
        using Process process = NablaProgram.Start("serve", models.Quadrants, "--port", "0");
        try
        {
            string first = await ReadLineAsync(process), example = await ReadLineAsync(process);
            var address = new Uri(first[first.IndexOf("http://127.0.0.1:", StringComparison.Ordinal)..first.IndexOf(';', StringComparison.Ordinal)]);
            Assert.StartsWith("Try: curl ", example, StringComparison.Ordinal);
            Assert.EndsWith($"{address}predict", example, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = address };
            using var body = new StringContent("""{"inputs":[0.5,0]}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(new Uri("predict", UriKind.Relative), body);
            JsonElement prediction = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("predictions")[0];
            Assert.Equal("right", prediction.GetProperty("label").GetString());
            Assert.Equal(1 / (1 + Math.Exp(-1)), prediction.GetProperty("probability").GetDouble(), 1e-12);

            if (!OperatingSystem.IsWindows())
            {
                using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                using var timeout = new CancellationTokenSource(Generous);
                await process.WaitForExitAsync(timeout.Token);
                Assert.Equal(0, process.ExitCode);
                Assert.Equal("", await process.StandardOutput.ReadToEndAsync(timeout.Token));
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public void An_address_that_other_machines_reach_demands_a_token() =>
        NablaProgram.Run("serve", models.Quadrants, "--port", "0", "--host", "0.0.0.0").RequireRefused("a token is required");

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--limit-rows", "0")]
    [InlineData("--limit-body", "-1")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "many")]
    public void An_option_out_of_its_range_is_refused_by_its_value(string option, string value) =>
        NablaProgram.Run("serve", models.Quadrants, option, value).RequireRefused(value);

    [Fact]
    public void A_model_that_is_none_is_refused()
    {
        NablaProgram.Run("serve", models.At("absent.safetensors")).RequireRefused("absent.safetensors");
        NablaProgram.Run("serve", models.Write("text.safetensors", "no model"), "--port", "0").RequireRefused("text.safetensors");
    }

    private static async Task<string> ReadLineAsync(Process process)
    {
        using var timeout = new CancellationTokenSource(Generous);
        return await process.StandardError.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The program has ended with {process.ExitCode}."));
    }
}
