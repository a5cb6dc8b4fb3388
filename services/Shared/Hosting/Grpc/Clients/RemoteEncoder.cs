using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>An encoder in another process.</summary>
internal sealed class RemoteEncoder : IEncoder
{
    private readonly V1.EncoderService.EncoderServiceClient _client;
    private readonly PeerDescription<ServedModels<EncoderDescription>> _description;
    private readonly PeerOptions _options;
    private readonly TimeProvider _time;
    private readonly string _service;

    public RemoteEncoder(Modality modality, PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time, ModelChanges changes)
    {
        Modality = modality;
        (_options, _time, _service) = (options.Value, time, ModalityTable.Of(modality).Service);
        _client = new V1.EncoderService.EncoderServiceClient(channels.Get(_options.AddressOf(modality)));
        _description = new PeerDescription<ServedModels<EncoderDescription>>(FetchDescriptionAsync, _options.DescriptionLifetime, time);
        changes.Subscribe(_description.Invalidate);
    }

    public Modality Modality { get; }

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => _description.GetAsync(cancellationToken);

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        EncodeBatch[] parts = [.. BatchSplitter.Split(batch)];
        var first = EncodePartAsync(parts[0], cancellationToken);
        var answers = await Task.WhenAll([first, .. parts[1..].Select(part => EncodeAfterAsync(first, part, cancellationToken))]);
        return answers is [var only] ? only : [.. answers.SelectMany(answer => answer)];
    }

    // The whole is admitted or refused with its first part. The others may find only that one in their way, and wait as told.
    private async Task<IReadOnlyList<EncodeOutcome>> EncodeAfterAsync(Task first, EncodeBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await EncodePartAsync(batch, cancellationToken);
            }
            catch (SensoriumException error) when (error.IsPassingOverload && !first.IsFaulted)
            {
                await Task.Delay(error.RetryAfter!.Value, _time, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<EncodeOutcome>> EncodePartAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        V1.EncodeResponse response;
        try
        {
            // A service that hangs must not hold a caller who did not say how long to wait for ever.
            var deadline = batch.Deadline ?? _time.GetUtcNow() + _options.EncodeTimeout;
            response = await _client.EncodeAsync(
                batch.ToProto(), TenantMetadata.Of(batch.Tenant), deadline.UtcDateTime, cancellationToken: cancellationToken);
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, _service, cancellationToken);
        }

        // Nothing has been encoded by a model that is not named.
        var model = (response.Model ?? new V1.ModelRef()).ToDomain();
        var served = await _description.GetAsync(cancellationToken);
        if (served.Find(batch.Model)?.Model.Revision != model.Revision)
        {
            _description.Expire();
        }

        return Match(batch, response, model);
    }

    private EncodeOutcome[] Match(EncodeBatch batch, V1.EncodeResponse response, ModelIdentity model)
    {
        if (!response.Results.Select(result => result.ItemId).SequenceEqual(batch.Items.Select(item => item.ItemId)))
        {
            throw new SensoriumException(
                ErrorCode.Internal,
                ErrorReasons.ModelFault,
                $"The {_service} service answered {response.Results.Count} items that are not, in order, the {batch.Items.Count} it was asked for.");
        }

        return [.. response.Results.Select(result => result.ToDomain(model))];
    }

    private async Task<ServedModels<EncoderDescription>> FetchDescriptionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (_time.GetUtcNow() + _options.DescribeTimeout).UtcDateTime;
            var response = await _client.DescribeAsync(new V1.DescribeRequest(), deadline: deadline, cancellationToken: cancellationToken);
            CheckCompatible(response);
            return response.ToDomain();
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, _service, cancellationToken);
        }
    }

    private void CheckCompatible(V1.DescribeResponse response)
    {
        var problem = response.ProtocolVersion.Split('.')[0] != ModelMapping.ProtocolVersion.Split('.')[0]
            ? $"speaks protocol {response.ProtocolVersion}, not {ModelMapping.ProtocolVersion}"
            : response.Modality.ToDomain() != Modality ? $"serves {response.Modality}" : null;
        if (problem is not null)
        {
            throw SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, $"The {_service} service at {_options.AddressOf(Modality)} {problem}.");
        }
    }
}
