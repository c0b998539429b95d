using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nabla.Bench.Load;

/// <summary>Sends hostile requests over bare connections.</summary>
/// <param name="port">The server's port on loopback.</param>
internal sealed class HostileClient(int port)
{
    /// <summary>A server that answers nothing for so long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Sends one.</summary>
    /// <returns>The status of the answer; 0 where the connection was closed without one; −1 where nothing came.</returns>
    public async Task<int> Send(HostileRequest request, CancellationToken end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(Patience + (request.Pause * request.Pieces.Count));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            Task<int> answer = Status(socket, limit.Token);
            await Write(socket, request, answer, limit.Token);
            if (request.Statuses is [0])
            {
                // It is the caller who hangs up.
                socket.Close();
                return 0;
            }

            return await answer;
        }
        catch (SocketException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return -1;
        }
    }

    private static async Task Write(Socket socket, HostileRequest request, Task<int> answer, CancellationToken end)
    {
        try
        {
            foreach (byte[] piece in request.Pieces)
            {
                if (answer.IsCompleted)
                {
                    return;
                }

                await socket.SendAsync(piece, end);
                if (request.IsSlow)
                {
                    await Task.Delay(request.Pause, end);
                }
            }
        }
        catch (SocketException)
        {
            // Refused before all was sent: the answer may be there nonetheless.
        }
    }

    private static async Task<int> Status(Socket socket, CancellationToken end)
    {
        byte[] line = new byte[12];
        int length = 0;
        try
        {
            while (length < line.Length)
            {
                int read = await socket.ReceiveAsync(line.AsMemory(length), end);
                if (read == 0)
                {
                    return 0;
                }

                length += read;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return 0;
        }

        return int.TryParse(Encoding.Latin1.GetString(line)["HTTP/1.1 ".Length..], out int status) ? status : -1;
    }
}
