using Npgsql;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>The files that an own generation started from, as its request named them.</summary>
public sealed class EarlierInputs(NpgsqlDataSource database)
{
    public async Task<PlaygroundForm> Into(PlaygroundForm form, Guid account, Guid generation, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select input_image_url, input_video_url, input_audio_url from generations where id = $1 and account_id = $2");
        command.Parameters.AddWithValue(generation);
        command.Parameters.AddWithValue(account);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return !await reader.ReadAsync(cancel) ? form : form with { InputImageUrl = Text(0), InputVideoUrl = Text(1), InputAudioUrl = Text(2) };

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
